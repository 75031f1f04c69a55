import type { ErrorDefinition } from '#libs/kernel';
import { readErrorTables } from './error-tables.js';
import { formattedDocument, type GeneratedDocument } from './generated-document.js';

/** docs/errors.md: every code, from the error tables of the libraries. */
export async function errorsDocument(): Promise<GeneratedDocument> {
  return formattedDocument('docs/errors.md', renderErrors(await readErrorTables()));
}

/** One table for each area, in the order of the definitions. */
export function renderErrors(definitions: readonly ErrorDefinition[]): string {
  const areas = new Set(definitions.map(areaOf));
  const parts = [...areas].map((area) => {
    const lines = definitions
      .filter((definition) => areaOf(definition) === area)
      .map(
        ({ code, status, family, title }) => `| \`${code}\` | ${status} | ${family} | ${title} |`,
      );
    return `## ${area}\n\n| code | status | family | meaning |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`;
  });
  return `# Errors

<!-- Written by tools/generate-docs/errors.ts from the error tables of the libraries. -->

An error is answered as problem+json (RFC 9457). Branch on \`code\`, which is stable, never on \`title\` or \`detail\`.
\`type\` is \`urn:lockstep:problem:<code>\`, \`requestId\` finds the request in the logs, and what a code has to say for
machines is in members of its own (\`errors\` of \`http.validation-failed\`, for instance).

| family | who has to act | logged as | what a client sees |
| --- | --- | --- | --- |
| user | the caller: the request cannot be done | info | the code, a message, details |
| operational | nobody: a retry may succeed, after \`Retry-After\` | warn | the code, a message, details |
| defect | a developer | error | \`http.internal\` and the request id, nothing else |

Some codes never leave the process as an answer: defects, and what a job ended with (\`GET /api/v1/jobs\` shows those). What
the load balancer answers itself has codes \`lb.*\`: see [operations](operations.md#when-something-is-away).

${parts.join('\n')}`;
}

function areaOf({ code }: ErrorDefinition): string {
  return code.split('.', 1)[0] ?? code;
}

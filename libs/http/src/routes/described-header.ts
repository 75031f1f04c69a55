import { ApiHeader, type ApiHeaderOptions } from '@nestjs/swagger';

/** A parameter decorator that reads a header, joined with the description of that header in the API document. */
export function describedHeader(
  read: ParameterDecorator,
  options: ApiHeaderOptions,
): ParameterDecorator {
  const describe = ApiHeader(options);
  return (target, name, index) => {
    read(target, name, index);
    const method = name === undefined ? undefined : Object.getOwnPropertyDescriptor(target, name);
    if (name !== undefined && method !== undefined) describe(target, name, method);
  };
}

/** The folder of the project, whatever the current directory is. */
export declare const projectRoot: string;
export declare function findOnPath(program: string, path?: string): string | undefined;

export function makeStateFolder(folder?: string): void;

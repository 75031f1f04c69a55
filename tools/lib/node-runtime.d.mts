export declare const NODE_VERSION: string;
export declare function isSupported(version: string): boolean;
export declare function nodePackageOf(platform: string, arch: string): string | undefined;

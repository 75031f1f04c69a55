export declare const bundledRecordFile: string;
export declare function compilerRecord(): string;

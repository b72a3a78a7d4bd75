import { withSchemaEngine } from './schema-engine.js';

/**
 * The SQL that would turn the database into what `schema` (the text of a schema.prisma) declares; empty when
 * they agree. Things that Prisma cannot declare, such as CHECK constraints, are ignored on both sides.
 */
export function diffSchema(options: {
  readonly connectionString: string;
  readonly schema: string;
}): Promise<string> {
  const files = [{ path: 'schema.prisma', content: options.schema }];
  return withSchemaEngine(options.connectionString, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    // 2 stands for "not empty"; an empty diff still prints a comment.
    return exitCode === 2 ? (stdout ?? '') : '';
  });
}

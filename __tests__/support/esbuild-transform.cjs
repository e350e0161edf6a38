// Jest's TypeScript: types are stripped by esbuild here and checked by tsc in the same `npm test`.
const esbuild = require('esbuild');

module.exports = {
  process: (source, file) => ({
    code: esbuild.transformSync(source, {
      loader: 'ts',
      format: 'esm',
      target: 'node20',
      sourcemap: 'inline',
      sourcefile: file,
    }).code,
  }),
};

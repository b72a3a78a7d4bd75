import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Stack space for a result (the address and the length of a text, four bytes each), rounded up to its alignment. */
const RESULT_BYTES = 16;

/**
 * Loads the detector of Firefox. Its package loads WebAssembly in a way for which Node needs a flag, so it is called
 * directly, as its own glue code does.
 *
 * @returns a function that gives the WHATWG name of the encoding of a whole file
 */
export function loadChardetng(): (bytes: Uint8Array) => string {
  const module = new WebAssembly.Module(readFileSync(findWasm()));
  const { exports } = new WebAssembly.Instance(module, importsOf(module));
  const call = (name: string, ...values: readonly number[]): number => {
    const called = exports[name];
    if (typeof called !== 'function') throw new TypeError(`chardetng has no ${name}`);
    return Number(called(...values));
  };
  // Calls may make the memory grow, so it is looked up each time.
  const memory = (): ArrayBuffer => {
    if (!(exports['memory'] instanceof WebAssembly.Memory)) throw new TypeError('chardetng has no memory');
    return exports['memory'].buffer;
  };

  return (bytes) => {
    const detector = call('encodingdetector_new');
    const start = call('__wbindgen_malloc', bytes.length);
    new Uint8Array(memory()).set(bytes, start);
    call('encodingdetector_feed', detector, start, bytes.length, 1);
    const result = call('__wbindgen_add_to_stack_pointer', -RESULT_BYTES);
    // Without a top-level domain, and with UTF-8 allowed.
    call('encodingdetector_guess', result, detector, 0, 0, 1);
    const [at = 0, length = 0] = new Int32Array(memory(), result, 2);
    const name = new TextDecoder().decode(new Uint8Array(memory(), at, length));
    call('__wbindgen_free', at, length);
    call('__wbindgen_add_to_stack_pointer', RESULT_BYTES);
    call('__wbg_encodingdetector_free', detector);
    return name;
  };
}

/** The path of the WebAssembly file in the package. */
export function findWasm(): string {
  return require.resolve('chardetng-wasm/dist/chardetng_wasm_bg.wasm');
}

function importsOf(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, () => never>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] = {
      ...imports[from],
      [name]: () => {
        throw new Error(`chardetng called ${name}`);
      },
    };
  }
  return imports;
}

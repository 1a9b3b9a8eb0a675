// Puts the unpacked extension together in dist/. With --content-bytes: prints the bytes of the content scripts.
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);
const manifest = JSON.parse(await readFile(at("manifest.json"), "utf8"));
const contentScripts = manifest.content_scripts.flatMap((script) => script.js);

// Libraries that come in many files: of each what is used, as one file that begins with its licence.
const bundled = {
  "age.js": ["age-encryption", 'export { Decrypter, Encrypter } from "age-encryption";'],
  "diff.js": ["diff", 'export { diffArrays } from "diff";'],
  "pixelmatch.js": ["pixelmatch", 'export { default } from "pixelmatch";'],
  "sha256.js": ["@noble/hashes", 'export { sha256 } from "@noble/hashes/sha2.js";'],
  "zip.js": ["@zip.js/zip.js", 'export { BlobReader, BlobWriter, TextWriter, ZipReader } from "@zip.js/zip.js/lib/zip-core-native.js";'],
};

if (process.argv.includes("--content-bytes")) {
  const sizes = await Promise.all(contentScripts.map(async (file) => (await stat(at("dist", file))).size));
  console.log(sizes.reduce((sum, size) => sum + size, 0));
} else {
  await assemble();
}

// Without comments and blanks, with short local names and short forms, because every page of the shop loads them. Each statement has
// a line of its own. A reviewer reads the sources in extension/: this is all that is done to them.
async function shipped(source) {
  const { code } = await minify(source, {
    compress: { sequences: false, ecma: 2020, passes: 3, unsafe_arrows: true },
    mangle: true,
    format: { semicolons: false, comments: false, ecma: 2020 },
  });
  return `${code}\n`;
}

async function bundle(file, [name, contents]) {
  const licence = await readFile(at("node_modules", name, "LICENSE"), "utf8");
  return build({
    stdin: { contents, resolveDir: at() },
    bundle: true,
    format: "esm",
    target: "es2022",
    banner: { js: `/*\n${licence.trim()}\n*/` },
    outfile: at("dist", file),
    logLevel: "error",
  });
}

// A name that is imported and not there would end the background before it starts, without a word.
async function resolved() {
  const modules = (await readdir(at("dist"))).filter((file) => file.endsWith(".js") && !contentScripts.includes(file));
  await build({ entryPoints: modules.map((file) => at("dist", file)), bundle: true, write: false, format: "esm", outdir: at("dist"), logLevel: "error" });
}

async function assemble() {
  const [, version] = /^version = "(.*)"$/m.exec(await readFile(at("Cargo.toml"), "utf8"));
  await rm(at("dist"), { recursive: true, force: true });
  await mkdir(at("dist", "core"), { recursive: true });
  await cp(at("extension"), at("dist"), { recursive: true, filter: (file) => path.basename(file) !== "assemble.js" && !file.endsWith(".svg") });
  for (const file of contentScripts) await writeFile(at("dist", file), await shipped(await readFile(at("extension", file), "utf8")));
  const cores = ["writer", "viewer", "keeper"].flatMap((core) => [`${core}.js`, `${core}_bg.wasm`]);
  for (const file of ["pages.json", ...cores]) await cp(at("target/core", file), at("dist/core", file));
  await cp(at("node_modules/idb/build/index.js"), at("dist/idb.js"));
  await cp(at("node_modules/client-zip/index.js"), at("dist/client-zip.js"));
  for (const [file, library] of Object.entries(bundled)) await bundle(file, library);
  await resolved();
  // One number: the one in Cargo.toml.
  await writeFile(at("dist/manifest.json"), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
}

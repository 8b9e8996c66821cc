// What the UI may not do: talk to the desk past the bridge, or keep anything outside the desk.
import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const pastTheBridge =
  "Ask the desk through src/app/desk.ts, which shows failures and works in the browser too.";

export default ts.config(
  { ignores: ["dist/", "node_modules/", "public/", "src/bindings.ts"] },
  js.configs.recommended,
  { files: ["**/*.ts", "**/*.svelte"], extends: [ts.configs.strictTypeChecked] },
  // After TypeScript's, because both set the parser, and for a component it is Svelte's.
  svelte.configs.recommended,
  {
    files: ["**/*.ts", "**/*.svelte"],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, extraFileExtensions: [".svelte"] },
    },
    rules: {
      // The compiler says it, better.
      "no-undef": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "SvelteAttribute[key.name='style'] > SvelteLiteral",
          message: "A static style breaks the content security policy: use a class, or `style:`.",
        },
      ],
      "no-restricted-globals": [
        "error",
        ...["fetch", "XMLHttpRequest", "EventSource"].map((name) => ({ name, message: pastTheBridge })),
        ...["localStorage", "sessionStorage", "indexedDB"].map((name) => ({
          name,
          message: "Nothing is kept in the web view: its folder is emptied at every start.",
        })),
      ],
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@tauri-apps/*"], message: pastTheBridge }] },
      ],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    // Svelte's own rule knows that `$bindable` props are destructured with `let`, all of them.
    rules: { "prefer-const": "off", "svelte/prefer-const": "error" },
  },
  {
    files: ["**/*.svelte"],
    // ESLint cannot see what a component takes and gives, and calls it `any`; svelte-check does see it.
    rules: {
      "@typescript-eslint/no-redundant-type-constituents": "off",
      "@typescript-eslint/no-unnecessary-type-arguments": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    files: ["src/app/desk.ts"],
    rules: { "no-restricted-globals": "off", "no-restricted-imports": "off" },
  },
);

// The arrows between the folders of `src/` are guarded here: see `arrow` below.
import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

const folders = ["platform", "api", "components", "features", "lib", "app"];
const features = readdirSync(new URL("src/features", import.meta.url));

/** Lets the files of `src/<folder>` import only from `allowed` folders (and from npm, less Tauri). */
function arrow(folder, allowed, extraPatterns = []) {
  const forbidden = folders.filter((other) => other !== folder && !allowed.includes(other));
  const patterns = [
    {
      regex: `^(\\.\\./)+(${forbidden.join("|")})/`,
      message: `src/${folder} may import only from: ${allowed.join(", ") || "itself"}.`,
    },
    ...extraPatterns,
  ];
  if (folder !== "platform") {
    patterns.push({
      regex: "^@tauri-apps/",
      message: "Only src/platform talks to Tauri.",
    });
  }
  return {
    files: [`src/${folder}/**/*.{ts,tsx}`],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
}

/** One feature may not know another one. */
function isolatedFeature(name) {
  const others = features.filter((other) => other !== name);
  const block = arrow(
    "features",
    ["api", "components", "lib"],
    [
      {
        regex: `^(\\.\\./)+(${others.join("|")})/`,
        message: `Feature \`${name}\` may not import another feature.`,
      },
    ],
  );
  return { ...block, files: [`src/features/${name}/**/*.{ts,tsx}`] };
}

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "src/api/generated/"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  reactHooks.configs.flat["recommended-latest"],
  jsxA11y.flatConfigs.strict,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      // In a dialog or a menu that was just asked for, the field is where the focus belongs.
      "jsx-a11y/no-autofocus": "off",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["eslint.config.js"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { URL: "readonly" } },
  },
  {
    files: ["public/**"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { document: "readonly", localStorage: "readonly" } },
  },
  arrow("platform", []),
  arrow("api", ["platform", "lib"]),
  arrow("lib", []),
  arrow("components", ["lib"]),
  arrow("app", ["platform", "api", "components", "features", "lib"]),
  ...features.map(isolatedFeature),
);

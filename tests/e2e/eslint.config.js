import js from "@eslint/js";
import playwright from "eslint-plugin-playwright";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["e2e/.output/"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      // The first argument of a Playwright fixture that needs no other one.
      "no-empty-pattern": "off",
      eqeqeq: "error",
    },
  },
  {
    files: ["e2e/eslint.config.js"],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    files: ["e2e/browser/**", "e2e/window/**"],
    extends: [playwright.configs["flat/recommended"]],
    rules: {
      "playwright/expect-expect": ["error", { assertFunctionPatterns: ["^expect"] }],
      "playwright/no-raw-locators": "error",
    },
  },
);

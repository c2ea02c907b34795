/** Where things stand in the text of a list of rules, by its syntax tree. */
import type { syntaxTree } from "@codemirror/language";

type Tree = ReturnType<typeof syntaxTree>;
type SyntaxNode = Tree["topNode"];

export interface TextRange {
  from: number;
  to: number;
}

/** The range of what `path` leads to from the list of rules on; of the nearest thing around it that is there. */
export function rangeOf(
  tree: Tree,
  text: (range: TextRange) => string,
  path: readonly string[],
): TextRange {
  let node: SyntaxNode | null = tree.topNode.firstChild;
  let found: SyntaxNode = node ?? tree.topNode;
  for (const part of path) {
    node = node && childAt(node, part, text);
    if (!node) break;
    found = node;
  }
  return { from: found.from, to: found.to };
}

/** The path of keys and numbers that leads to `node`. */
export function pathTo(node: SyntaxNode, text: (range: TextRange) => string): string[] {
  const path: string[] = [];
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    const { parent } = at;
    if (parent?.name === "Array" && isValue(at))
      path.unshift(String(itemsOf(parent).findIndex((it) => it.from === at.from)));
    if (at.name === "Property") path.unshift(keyOf(at, text) ?? "");
  }
  return path;
}

/** The text under a key of the object that `node` stands in, if it is a string there. */
export function siblingText(
  node: SyntaxNode,
  key: string,
  text: (range: TextRange) => string,
): string | undefined {
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name !== "Object") continue;
    const property = at.getChildren("Property").find((it) => keyOf(it, text) === key);
    const value = property?.lastChild;
    if (value?.name === "String") return unquoted(text(value));
  }
  return undefined;
}

function childAt(
  node: SyntaxNode,
  part: string,
  text: (range: TextRange) => string,
): SyntaxNode | null {
  if (node.name === "Array") return itemsOf(node)[Number(part)] ?? null;
  if (node.name !== "Object") return null;
  const property = node.getChildren("Property").findLast((it) => keyOf(it, text) === part);
  return property?.lastChild ?? null;
}

function itemsOf(list: SyntaxNode): SyntaxNode[] {
  const items: SyntaxNode[] = [];
  for (let at = list.firstChild; at; at = at.nextSibling) if (isValue(at)) items.push(at);
  return items;
}

const VALUES = ["Object", "Array", "String", "Number", "True", "False", "Null"];

function isValue({ name }: SyntaxNode): boolean {
  return VALUES.includes(name);
}

function keyOf(property: SyntaxNode, text: (range: TextRange) => string): string | undefined {
  const name = property.getChild("PropertyName");
  return name ? unquoted(text(name)) : undefined;
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.replaceAll('"', "");
  }
}

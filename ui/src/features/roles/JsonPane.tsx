import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  foldGutter,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
  syntaxTree,
} from "@codemirror/language";
import { lintGutter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Transaction } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { CatalogueView, FindingView, Places } from "../../api/generated/commands";
import { CopyButton } from "../../components/copy/CopyButton";
import { CodeText } from "../../components/text/CodeText";
import { isList, writeJson, readJson, type JsonError } from "../../lib/json";
import { layOutRules } from "../../lib/rules/edits";
import { completionFor } from "./jsonCompletion";
import { rangeOf } from "./jsonPlaces";
import type { RoleEditing } from "./useRoleEditing";
import styles from "./roles.module.css";

export interface JsonPaneProps {
  editing: RoleEditing;
  catalogue: CatalogueView;
  places: Places;
  findings: readonly FindingView[];
  isReadOnly: boolean;
}

/** How long typing pauses before the text is read. Milliseconds. */
const PAUSE = 150;

/** The rules as text, both ways: what is typed becomes the rules, and the rules what is shown. */
export default function JsonPane({
  editing,
  catalogue,
  places,
  findings,
  isReadOnly,
}: JsonPaneProps) {
  const { state, rules, text } = editing;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  /** The rules as the text on screen has them, in one line. */
  const shown = useRef("");
  const [error, setError] = useState<JsonError | null>(null);

  const read = useEffectEvent((typed: string) => {
    const reading = readJson(typed);
    const wrong = "error" in reading ? reading.error : isList(reading.value) ? null : NO_LIST;
    setError(wrong);
    if (wrong || "error" in reading || !isList(reading.value)) {
      editing.act({ kind: "written", text: typed });
      return;
    }
    const written = writeJson(reading.value);
    shown.current = written;
    if (written !== text)
      editing.edit({ kind: "replace", rules: reading.value }, "Edit the JSON", "json");
    else editing.act({ kind: "written", text: null });
  });
  const start = useEffectEvent(() => state.written ?? layOutRules(rules));
  const complete = useEffectEvent(completionFor(catalogue, places));

  useEffect(() => {
    if (!host.current) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: start(),
        extensions: [
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          json(),
          syntaxHighlighting(HIGHLIGHT),
          autocompletion({ override: [(context) => complete(context)] }),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": "The rules as JSON" }),
          readOnly.of(EditorState.readOnly.of(false)),
          // Tab leaves the text, as in every other field.
          keymap.of([
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...historyKeymap,
            ...searchKeymap,
            ...defaultKeymap,
          ]),
          EditorView.updateListener.of((update) => {
            const isTyped = update.transactions.some(
              (it) => it.docChanged && it.annotation(Transaction.remote) !== true,
            );
            if (!isTyped) return;
            clearTimeout(timer);
            timer = setTimeout(() => read(update.view.state.doc.toString()), PAUSE);
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      clearTimeout(timer);
      editor.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: readOnly.reconfigure(EditorState.readOnly.of(isReadOnly)) });
  }, [isReadOnly]);

  // What changed elsewhere is shown at once; what is being typed stays as it is typed.
  const follow = useEffectEvent(() => {
    const editor = view.current;
    if (!editor || state.written !== null || shown.current === text) return;
    shown.current = text;
    setError(null);
    const changes = difference(editor.state.doc.toString(), layOutRules(rules));
    if (!changes) return;
    editor.dispatch({
      changes,
      annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)],
    });
  });
  useEffect(() => follow(), [text, state.written]);

  useEffect(() => {
    const editor = view.current;
    if (editor)
      editor.dispatch(setDiagnostics(editor.state, diagnostics(editor.state, error, findings)));
  }, [error, findings, text]);

  return (
    <div className={styles.jsonPane}>
      <div className={styles.paneHead}>
        {error ? (
          <p className={styles.bad} role="status">
            Line {error.line}, column {error.column}: <CodeText text={error.message} />
          </p>
        ) : (
          <p className="muted">V2 rules. Edits here and in the table are one.</p>
        )}
        <CopyButton text={() => state.written ?? layOutRules(rules)} what="rules" />
      </div>
      <div ref={host} className={styles.code} />
    </div>
  );
}

const NO_LIST: JsonError = {
  message: "a list of rules is needed, in `[` and `]`",
  offset: 0,
  line: 1,
  column: 1,
};

const readOnly = new Compartment();

/** What to replace in `before` so that it becomes `after`: one stretch, as short as it can be. */
function difference(before: string, after: string) {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let tail = 0;
  while (
    tail < shorter - from &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

function diagnostics(
  state: EditorState,
  error: JsonError | null,
  findings: readonly FindingView[],
): Diagnostic[] {
  const { length } = state.doc;
  if (error) {
    const from = Math.min(error.offset, length);
    return [{ from, to: Math.min(from + 1, length), severity: "error", message: error.message }];
  }
  const tree = syntaxTree(state);
  return findings.slice(0, 200).map(({ rule, path, severity, message, remedy }) => {
    const steps = rule === null ? [] : [String(rule), ...path];
    const { from, to } = rangeOf(tree, (range) => state.sliceDoc(range.from, range.to), steps);
    const isHeavy = severity === "refused" || severity === "dangerous";
    // A whole rule would be underlined line by line; its first line says it.
    const line = state.doc.lineAt(Math.min(from, length));
    return {
      from: Math.min(from, length),
      to: Math.min(to, line.to, length),
      severity: isHeavy ? "error" : "warning",
      message: `${message} ${remedy}`,
    };
  });
}

const HIGHLIGHT = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--accent)" },
  { tag: tags.string, color: "var(--allow)" },
  { tag: tags.number, color: "var(--cond)" },
  { tag: [tags.bool, tags.null], color: "var(--forbid)" },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: "var(--muted)" },
]);

import { useRef } from "react";

/** Letters that follow faster than this are one word. Milliseconds. */
const WORD = 700;

/** Puts letters that are typed quickly together; gives the word so far. */
export function useTyped(): (letter: string) => string {
  const typed = useRef({ text: "", at: 0 });
  return (letter) => {
    const now = Date.now();
    const text = now - typed.current.at < WORD ? typed.current.text + letter : letter;
    typed.current = { text, at: now };
    return text;
  };
}

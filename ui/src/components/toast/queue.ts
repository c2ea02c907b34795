/** The toasts on screen. It is read apart from `toasts.ts`, which everybody may import at once. */
import { UNSTABLE_ToastQueue as ToastQueue } from "react-aria-components/Toast";
import type { Toast } from "./toasts";

export const toastQueue = new ToastQueue<Toast>({ maxVisibleToasts: 3 });

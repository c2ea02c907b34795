import { TriangleAlert, X } from "lucide-react";
import { Text } from "react-aria-components/Text";
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components/Toast";
import { classes } from "../../lib/classes";
import { Button } from "../button/Button";
import { IconButton } from "../button/IconButton";
import { CodeText } from "../text/CodeText";
import { toastQueue } from "./queue";
import styles from "./Toasts.module.css";

/** Where toasts appear. Stands once, at the root. F6 brings the focus here. */
export function Toasts() {
  return (
    <ToastRegion queue={toastQueue} className={classes(styles.region)} aria-label="Notifications">
      {({ toast }) => {
        const { text, tone, action } = toast.content;
        return (
          <AriaToast toast={toast} className={classes(styles.toast, styles[tone])}>
            {tone === "error" && <TriangleAlert size={15} className={styles.icon} />}
            <ToastContent className={styles.content}>
              <Text slot="title">
                <CodeText text={text} />
              </Text>
            </ToastContent>
            {action && (
              <Button
                size="small"
                onPress={() => {
                  toastQueue.close(toast.key);
                  action.onAction();
                }}
              >
                {action.label}
              </Button>
            )}
            <IconButton
              slot="close"
              icon={X}
              label="Close"
              size="small"
              tooltipPlacement="top"
              onPress={() => toastQueue.close(toast.key)}
            />
          </AriaToast>
        );
      }}
    </ToastRegion>
  );
}

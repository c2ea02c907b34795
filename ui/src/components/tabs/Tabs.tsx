import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components/Tabs";
import { classes } from "../../lib/classes";
import { formatCount } from "../../lib/numbers";
import styles from "./Tabs.module.css";

export interface TabSpec<Id extends string> {
  id: Id;
  label: string;
  count?: number | undefined;
  content: ReactNode;
}

export interface TabsProps<Id extends string> {
  label: string;
  tabs: readonly TabSpec<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  /** `page` starts where the page's text starts; `pane` fits a side pane. */
  place?: "page" | "pane";
  className?: string | undefined;
}

/** Several views of one thing; only the chosen one is built. */
export function Tabs<Id extends string>({
  label,
  tabs,
  value,
  onChange,
  place = "page",
  className,
}: TabsProps<Id>) {
  return (
    <AriaTabs
      className={classes(styles.tabs, className)}
      selectedKey={value}
      onSelectionChange={(key) => {
        const chosen = tabs.find(({ id }) => id === key);
        if (chosen) onChange(chosen.id);
      }}
    >
      <TabList aria-label={label} className={classes(styles.list, styles[place])}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={classes(styles.tab)}>
            <span className={styles.text} data-text={tab.label}>
              {tab.label}
            </span>
            {tab.count !== undefined && (
              <span className={styles.count}>{formatCount(tab.count)}</span>
            )}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={classes(styles.panel)}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

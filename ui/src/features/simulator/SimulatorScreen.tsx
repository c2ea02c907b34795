import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useRpc } from "../../api/queries";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { Tabs, type TabSpec } from "../../components/tabs/Tabs";
import { BatchTab } from "./BatchTab";
import { CheckTab } from "./CheckTab";
import { CompareTab } from "./CompareTab";
import { MapTab } from "./MapTab";
import { addressOf, type SimulatorTab } from "./search";
import { useQuestion } from "./useQuestion";
import { WhoCanTab } from "./WhoCanTab";
import { firstWhat, whatChoices } from "./whats";
import styles from "./screen.module.css";

/** Answers who may do what, where, until when, and why. Answers again as the question changes. */
export function SimulatorScreen() {
  const [asked, ask] = useQuestion();
  const { tab = "check" } = useSearch({ from: "/frame/simulator" });
  const navigate = useNavigate();
  const catalogue = useRpc("catalogue", {});
  const places = useRpc("places", {});
  const choices = useMemo(
    () => (catalogue.data ? whatChoices(catalogue.data) : []),
    [catalogue.data],
  );
  const what = useMemo(() => asked.what ?? firstWhat(choices), [asked.what, choices]);
  const question = useMemo(() => ({ ...asked, what }), [asked, what]);
  const shared = { question, ask, choices, catalogue: catalogue.data, places: places.data };
  const tabs: readonly TabSpec<SimulatorTab>[] = [
    { id: "check", label: "Check", content: <CheckTab {...shared} /> },
    { id: "what", label: "What can they do?", content: <MapTab {...shared} /> },
    { id: "who", label: "Who can?", content: <WhoCanTab {...shared} /> },
    { id: "compare", label: "Compare", content: <CompareTab {...shared} /> },
    { id: "batch", label: "Batch", content: <BatchTab /> },
  ];
  return (
    <Page>
      <PageHeader title="Simulator" />
      <Tabs
        label="Questions"
        className={styles.tabs}
        tabs={tabs}
        value={tab}
        onChange={(next) => void navigate({ to: "/simulator", search: addressOf(asked, next) })}
      />
    </Page>
  );
}

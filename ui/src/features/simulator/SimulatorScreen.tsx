import { useNavigate, useSearch } from "@tanstack/react-router";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { Tabs, type TabSpec } from "../../components/tabs/Tabs";
import { BatchTab } from "./BatchTab";
import { CheckTab } from "./CheckTab";
import { CompareTab } from "./CompareTab";
import { MapTab } from "./MapTab";
import { addressOf, type SimulatorTab } from "./search";
import { useQuestion } from "./useQuestion";
import { useQuestionParts } from "./useQuestionParts";
import { WhoCanTab } from "./WhoCanTab";
import styles from "./screen.module.css";

/** Answers who may do what, where, until when, and why. Answers again as the question changes. */
export function SimulatorScreen() {
  const [asked, ask] = useQuestion();
  const { tab = "check" } = useSearch({ from: "/frame/simulator" });
  const navigate = useNavigate();
  const shared = useQuestionParts(asked, ask);
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

import { useState } from "react";
import { rpc } from "../../api/rpc";
import { chooseWorkspaceFile } from "../../api/workspace";
import type { WorkspaceStatus } from "../../api/generated/commands";
import { FormDialog } from "../../components/dialog/FormDialog";
import { TextField } from "../../components/field/TextField";
import { askForNewProject } from "./newProject";
import { checkProjectName } from "./projectName";
import { useEnterWorkspace } from "./useEnterWorkspace";

/** Asks for the name of a new local project, then for its file, and opens it. */
export default function NewProjectDialog() {
  const [name, setName] = useState("");
  const [wasTried, setTried] = useState(false);
  const [isMaking, setMaking] = useState(false);
  const enter = useEnterWorkspace();
  const check = checkProjectName(name);
  const problem = "problem" in check ? check.problem : undefined;

  const make = async () => {
    setTried(true);
    if (problem !== undefined || isMaking) return;
    setMaking(true);
    const outcome = await enter(createChosen(name.trim()));
    setMaking(false);
    // Who chose no file after all may still want to change the name.
    if (outcome === "entered" || outcome === "refused") askForNewProject(false);
  };

  return (
    <FormDialog
      title="New local project"
      description="One file on this machine; nothing is sent anywhere."
      width="narrow"
      submitLabel="Choose a file…"
      onSubmit={() => void make()}
      onClose={() => askForNewProject(false)}
      isPending={isMaking}
    >
      <TextField
        autoFocus
        label="Name"
        placeholder="Checkout app"
        value={name}
        onChange={setName}
        error={wasTried ? problem : undefined}
        description={
          "slug" in check ? (
            <>
              Slug <span className="mono">{check.slug}</span>
            </>
          ) : (
            "Its slug is made of the name"
          )
        }
      />
    </FormDialog>
  );
}

async function createChosen(name: string): Promise<WorkspaceStatus | null> {
  const path = await chooseWorkspaceFile("new");
  return path === null ? null : rpc("create_workspace", { path, name });
}

import { useState, type SyntheticEvent } from "react";
import { rpc } from "../../api/rpc";
import { chooseWorkspaceFile } from "../../api/workspace";
import type { WorkspaceStatus } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { Dialog } from "../../components/dialog/Dialog";
import { TextField } from "../../components/field/TextField";
import { askForNewProject } from "./newProject";
import { checkProjectName } from "./projectName";
import { useEnterWorkspace } from "./useEnterWorkspace";

const FORM = "new-project";

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
    <Dialog
      title="New local project"
      description="One file on this machine; nothing is sent anywhere."
      isOpen
      onOpenChange={askForNewProject}
      width="narrow"
      footer={
        <>
          <Button variant="ghost" onPress={() => askForNewProject(false)}>
            Cancel
          </Button>
          <Button type="submit" form={FORM} variant="primary" isPending={isMaking}>
            Choose a file…
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        noValidate
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          void make();
        }}
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
      </form>
    </Dialog>
  );
}

async function createChosen(name: string): Promise<WorkspaceStatus | null> {
  const path = await chooseWorkspaceFile("new");
  return path === null ? null : rpc("create_workspace", { path, name });
}

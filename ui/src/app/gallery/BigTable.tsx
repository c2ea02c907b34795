import { Copy, Trash2 } from "lucide-react";
import { useState } from "react";
import { Avatar } from "../../components/avatar/Avatar";
import { Chip } from "../../components/chip/Chip";
import { ContextMenu, type Place } from "../../components/menu/ContextMenu";
import { loadedBetween } from "../../components/table/selecting";
import { useTicked } from "../../components/table/useTicked";
import { VirtualTable } from "../../components/table/VirtualTable";
import type { Column, Sort } from "../../components/table/types";
import { Timed } from "../../components/timed/Timed";
import { toast } from "../../components/toast/toasts";

interface Row {
  id: string;
  name: string;
  kind: "user" | "identity" | "group";
  end: number | null;
}

const COUNT = 100_000;
const KINDS = ["user", "identity", "group"] as const;
const NOW = Date.now();

const COLUMNS: Column<Row>[] = [
  {
    id: "name",
    header: "Name",
    width: "minmax(0, 3fr)",
    sortable: true,
    cell: ({ name, kind }) => (
      <>
        <Avatar name={name} kind={kind} />
        <span className="truncate">{name}</span>
      </>
    ),
  },
  { id: "roles", header: "Roles", width: "minmax(0, 2fr)", cell: () => <Chip>Developer</Chip> },
  {
    id: "end",
    header: "Next end",
    width: "150px",
    sortable: true,
    cell: ({ end }) =>
      end === null ? <span className="faint">permanent</span> : <Timed end={end} />,
  },
  { id: "count", header: "Privileges", width: "100px", align: "end", cell: ({ id }) => id.length },
];

/** A hundred thousand rows, of which every fifth thousand never loads. */
export function BigTable() {
  const { selection } = useTicked({
    list: "big",
    total: COUNT,
    keysBetween: (from, to) => loadedBetween(from, to, rowAt, ({ id }) => id) ?? [],
  });
  const [sort, setSort] = useState<Sort>({ column: "name", direction: "ascending" });
  const [menu, setMenu] = useState<Place | null>(null);
  return (
    <>
      <VirtualTable
        label="Big table"
        columns={COLUMNS}
        rowCount={COUNT}
        rowAt={rowAt}
        rowKey={({ id }) => id}
        typeAheadText={({ name }) => name}
        selection={selection}
        sort={sort}
        onSortChange={setSort}
        onOpen={({ name }) => toast(`Opened ${name}`)}
        onMenu={(_, at) => setMenu(at)}
      />
      <ContextMenu
        label="Row"
        at={menu}
        onClose={() => setMenu(null)}
        entries={[
          { id: "copy", label: "Copy the id", icon: Copy, onAction: () => undefined },
          {
            id: "remove",
            label: "Remove",
            icon: Trash2,
            tone: "danger",
            onAction: () => undefined,
          },
        ]}
      />
    </>
  );
}

function rowAt(index: number): Row | undefined {
  if (Math.floor(index / 1000) % 5 === 4) return undefined;
  return {
    id: `row-${index}`,
    name: `member-${index}`,
    kind: KINDS[index % 3] ?? "user",
    end: index % 4 === 1 ? NOW + (index + 1) * 600_000 : null,
  };
}

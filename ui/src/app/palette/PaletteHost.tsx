import { useNavigate } from "@tanstack/react-router";
import { Folder, Keyboard, Link2, PanelLeft } from "lucide-react";
import { useState } from "react";
import { useRpc } from "../../api/queries";
import { Avatar } from "../../components/avatar/Avatar";
import { useWorkspaceDeeds } from "../../features/workspace/useWorkspaceDeeds";
import { navigation } from "../navigation";
import { THEMES } from "../shell/themes";
import { setTheme } from "../../lib/theme";
import { CommandPalette, type PaletteItem, type PaletteSection } from "./CommandPalette";

export interface PaletteHostProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onShortcuts: () => void;
  onToggleNav: () => void;
}

/** Fills the palette: screens and acts by their words, members and folders by asking the core. */
export default function PaletteHost(props: PaletteHostProps) {
  const [text, setText] = useState("");
  const acts = useActs(props);
  const found = useFound(text.trim(), props.isOpen);
  const sections = [
    linked(text),
    ...acts.map((section) => narrowed(section, text)),
    ...found.sections,
  ];
  return (
    <CommandPalette
      isOpen={props.isOpen}
      onOpenChange={(isOpen) => {
        if (!isOpen) setText("");
        props.onOpenChange(isOpen);
      }}
      text={text}
      onTextChange={setText}
      sections={sections.filter(({ items }) => items.length > 0)}
      isSearching={found.isSearching}
    />
  );
}

function useActs({ onShortcuts, onToggleNav }: PaletteHostProps): PaletteSection[] {
  const navigate = useNavigate();
  const workspaceDeeds = useWorkspaceDeeds();
  const screens = navigation.flat().map(({ to, label, icon }, index) => ({
    id: `go:${to}`,
    label,
    icon,
    keys: `Alt+${index + 1}`,
    onAction: () => void navigate({ to }),
  }));
  const themes = THEMES.map(({ id, label, icon }) => ({
    id: `theme:${id}`,
    label: `Theme: ${label.toLowerCase()}`,
    icon,
    onAction: () => setTheme(id),
  }));
  return [
    { title: "Go to", items: screens },
    {
      title: "Commands",
      items: [
        ...workspaceDeeds,
        {
          id: "nav",
          label: "Fold or unfold the navigation",
          icon: PanelLeft,
          keys: "Ctrl+B",
          onAction: onToggleNav,
        },
        {
          id: "sheet",
          label: "Shortcuts",
          icon: Keyboard,
          keys: "Ctrl+/",
          onAction: onShortcuts,
        },
        ...themes,
      ],
    },
  ];
}

function useFound(text: string, isOpen: boolean) {
  const navigate = useNavigate();
  const enabled = isOpen && text !== "";
  const answer = useRpc("find", { text }, { enabled, keepPrevious: true });
  const data = enabled ? answer.data : undefined;
  const { members = [], folders = [] } = data ?? {};

  const foundMembers = members.map(({ member, detail }): PaletteItem => ({
    id: `member:${member.id}`,
    label: member.name,
    detail,
    picture: <Avatar name={member.name} kind={member.kind} />,
    onAction: () => void navigate({ to: "/members/$member", params: { member: member.id } }),
  }));
  const foundFolders = folders.map(({ environment, path }): PaletteItem => ({
    id: `folder:${environment}:${path}`,
    label: path,
    detail: `Simulate in ${environment}`,
    icon: Folder,
    mono: true,
    onAction: () => void navigate({ to: "/simulator", search: { environment, path } }),
  }));
  return {
    sections: [
      { title: "Members", items: foundMembers },
      { title: "Folders", items: foundFolders },
    ],
    isSearching: enabled && answer.isFetching,
  };
}

/** The way to a link of this program that was pasted, whatever the window is called in it. */
function linked(text: string): PaletteSection {
  const address = /#(\/\S*)$/.exec(text.trim())?.[1];
  if (address === undefined) return { title: "Link", items: [] };
  const open: PaletteItem = {
    id: "link",
    label: "Open the link",
    detail: address,
    icon: Link2,
    onAction: () => {
      window.location.hash = address;
    },
  };
  return { title: "Link", items: [open] };
}

/** The items of which some word begins with each word of `text`. */
function narrowed({ title, items }: PaletteSection, text: string): PaletteSection {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ label }: PaletteItem) => {
    const words = label.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  };
  return { title, items: items.filter(fits) };
}

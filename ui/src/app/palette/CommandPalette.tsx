import { Search, type LucideIcon } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog } from "react-aria-components/Dialog";
import { Header } from "react-aria-components/Header";
import { Input } from "react-aria-components/Input";
import { Menu, MenuItem, MenuSection } from "react-aria-components/Menu";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { SearchField } from "react-aria-components/SearchField";
import { Kbd } from "../../components/kbd/Kbd";
import listStyles from "../../components/list/list.module.css";
import { classes } from "../../lib/classes";
import styles from "./CommandPalette.module.css";

/** Something to go to or to do. */
export interface PaletteItem {
  id: string;
  label: string;
  detail?: string;
  icon?: LucideIcon;
  /** A picture in place of the icon, such as an avatar. */
  picture?: ReactNode;
  keys?: string;
  mono?: boolean;
  onAction: () => void;
}

export interface PaletteSection {
  title: string;
  items: readonly PaletteItem[];
}

export interface CommandPaletteProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  text: string;
  onTextChange: (text: string) => void;
  /** What fits `text`, best first. */
  sections: readonly PaletteSection[];
  /** Whether more may still be found. */
  isSearching: boolean;
}

/** Everything by its name: type, choose with the arrows, press Enter. */
export function CommandPalette({
  isOpen,
  onOpenChange,
  text,
  onTextChange,
  sections,
  isSearching,
}: CommandPaletteProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable
      className={classes(styles.overlay)}
    >
      <Modal className={classes(styles.modal)}>
        <Dialog aria-label="Search and commands" className={classes(styles.dialog)}>
          <FocusKept />
          <Autocomplete inputValue={text} onInputChange={onTextChange}>
            <SearchField
              aria-label="Search members, folders and commands"
              autoFocus
              className={classes(styles.search)}
            >
              <Search size={16} className={listStyles.icon} />
              <Input
                placeholder="Search members, folders, commands…"
                className={classes(styles.input)}
              />
              <Kbd keys="Escape" />
            </SearchField>
            <Menu
              aria-label="Found"
              className={classes(listStyles.list, styles.list)}
              renderEmptyState={() => (
                <div className={styles.empty}>
                  {isSearching ? "Searching…" : `Nothing is called “${text}”`}
                </div>
              )}
            >
              {sections.map(({ title, items }) => (
                <MenuSection key={title} id={title}>
                  <Header className={classes(listStyles.header)}>{title}</Header>
                  {items.map((item) => (
                    <Item key={item.id} item={item} onDone={() => onOpenChange(false)} />
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/**
 * Leaves the focus on the page's heading when the palette goes and nothing has it. The dialog gives
 * it back to where it was, but a palette that is opened again before that has nowhere to give it to.
 */
function FocusKept() {
  useEffect(
    () => () => {
      // The dialog gives the focus back in the frame after it has gone.
      requestAnimationFrame(() => requestAnimationFrame(focusHeadingIfLost));
    },
    [],
  );
  return null;
}

function focusHeadingIfLost(): void {
  if (document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
}

function Item({ item, onDone }: { item: PaletteItem; onDone: () => void }) {
  const { icon: Icon } = item;
  return (
    <MenuItem
      id={item.id}
      textValue={item.label}
      className={classes(listStyles.item, styles.item)}
      onAction={() => {
        onDone();
        item.onAction();
      }}
    >
      {item.picture}
      {Icon && <Icon size={15} strokeWidth={1.75} className={listStyles.icon} />}
      <span className={classes(listStyles.label, item.mono && "mono")}>{item.label}</span>
      {item.detail && <span className={classes("faint", "truncate")}>{item.detail}</span>}
      {item.keys && <Kbd keys={item.keys} className={styles.keys} />}
    </MenuItem>
  );
}

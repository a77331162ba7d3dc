import { useCallback, useEffect } from "react";
import { useScreen } from "../../frame/act";
import { PathField } from "../../frame/parts";
import { commands } from "../../platform";
import { choiceOf } from "./start";

/** The folder an event is put in; proposed is the one the program keeps events in. */
export function FolderField({ label, value, onChange, onEnter }: { label: string; value: string | null; onChange: (folder: string) => void; onEnter: () => void }) {
  const home = useScreen(["home-folder"], commands.homeFolder);
  useEffect(() => {
    if (value === null && home.data !== undefined) onChange(home.data);
  }, [value, home.data, onChange]);
  // A packet dropped on the window is meant for the field beside this one.
  const take = useCallback(
    (folder: string) => {
      if (choiceOf(folder) === null) onChange(folder);
    },
    [onChange],
  );
  return (
    <div data-field="folder">
      <PathField label={label} kind="folder" value={value ?? ""} onChange={take} onEnter={onEnter} />
    </div>
  );
}

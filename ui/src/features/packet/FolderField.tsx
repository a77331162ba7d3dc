import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useScreen } from "../../frame/act";
import { PathField } from "../../frame/parts";
import { commands } from "../../platform";
import { EjectFirst } from "./EjectFirst";

/** A folder, with the sticks that are plugged in one press away. */
export function FolderField({ label, value, onChange, onEnter }: { label: string; value: string; onChange: (folder: string) => void; onEnter?: () => void }) {
  const { t } = useTranslation();
  const sticks = useScreen(["sticks"], commands.sticks).data ?? [];
  return (
    <div className="folder-field">
      <PathField label={label} kind="folder" value={value} onChange={onChange} {...(onEnter === undefined ? {} : { onEnter })} />
      {sticks.length > 0 && (
        <p className="stick-buttons">
          {sticks.map((stick) => (
            <Button key={stick.path} size="small" data-stick={stick.path} aria-pressed={value === stick.path} onClick={() => onChange(stick.path)}>
              {t("packet.stick", { label: stick.label, path: stick.path, free: stick.freeMb })}
            </Button>
          ))}
        </p>
      )}
      <EjectFirst stick={sticks.find((stick) => value === stick.path || value.startsWith(`${stick.path}/`))} />
    </div>
  );
}

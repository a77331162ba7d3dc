import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { RefusalNotice } from "../../frame/act";
import { go } from "../../frame/place";
import { isRefusal } from "../../platform";
import { mendedIn } from "./order";

/** A refusal in words, and the way to the view that mends it. */
export function Mend({ refusal, retry }: { refusal: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const view = isRefusal(refusal) ? mendedIn(refusal.code) : null;
  return (
    <div className="mend">
      {retry === undefined ? <RefusalNotice refusal={refusal} /> : <RefusalNotice refusal={refusal} retry={retry} />}
      {view !== null && (
        <Button data-action={`to-${view}`} onClick={() => go("hq", "standing", { view })}>
          {t(`standing.mend.${view}`)}
        </Button>
      )}
    </div>
  );
}

import { Button, Checkbox, Empty, Input, Radio, Select } from "antd";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Ask } from "../../frame/parts";
import { go, usePlace } from "../../frame/place";
import { useInWords } from "../../language";
import { useKept } from "../../frame/typed";
import { commands, type TieHow, type TieRow } from "../../platform";
import { moved, tags } from "./order";
import { Resolved } from "./Resolved";

/** A tie is held when every key has been compared: none is left to decide by. */
const HOWS: readonly TieHow[] = ["test", "lot"];

export function Ties() {
  const { t } = useTranslation();
  const ties = useScreen(["held-ties"], commands.heldTies);
  return (
    <Show of={ties}>
      {(held) => (
          <div className="view">
            {held.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("standing.ties.none")}>
                <Button data-action="to-lists" onClick={() => go("hq", "standing", { view: "lists" })}>{t("standing.ties.toLists")}</Button>
              </Empty>
            ) : (
              <>
                <p>{t("standing.ties.lead")}</p>
                <TieList ties={held} />
              </>
            )}
            <Resolved />
          </div>
      )}
    </Show>
  );
}

/** Ties one below the other; one at a time is opened. */
export function TieList({ ties }: { ties: TieRow[] }) {
  const { about } = usePlace();
  const [open, setOpen] = useState<string | null>(about["tie"] ?? (ties.length === 1 ? (ties[0]?.id ?? null) : null));
  return (
    <ul className="ties">
      {ties.map((tie) => (
        <Tie key={tie.id} tie={tie} open={open === tie.id} toggle={() => setOpen(open === tie.id ? null : tie.id)} />
      ))}
    </ul>
  );
}

function Tie({ tie, open, toggle }: { tie: TieRow; open: boolean; toggle: () => void }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const id = useId();
  return (
    <li className="sheet" data-tie={tie.id}>
      <header className="tie-head">
        <h2 id={id}>{inWords(tie.question)}</h2>
        <span className="soft figure">{t("standing.ties.count", { n: tie.tied.length, places: tie.places })}</span>
        <Button data-action="open-tie" aria-expanded={open} aria-describedby={id} onClick={toggle}>
          {open ? t("standing.ties.fold") : t("standing.ties.open")}
        </Button>
      </header>
      <p className="figure" data-level={tie.level.length}>
        {t("standing.ties.level", { what: tie.level.map((one) => t("standing.ties.figure", { what: inWords(one.what), value: one.value })).join(t("standing.semicolon")) })}
      </p>
      {open ? <Resolve tie={tie} /> : <p>{tie.tied.map((one) => inWords(one.name)).join(t("standing.comma"))}</p>}
    </li>
  );
}

type Form = { order: string[]; how: string; by: string[]; reason: string };

function Resolve({ tie }: { tie: TieRow }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const act = useAct();
  const id = useId();
  const [form, put, spent] = useKept<Form>(`tie/${tie.id}`, { order: [], how: "", by: [], reason: "" });
  const { by, reason } = form;
  const how = HOWS.find((one) => one === form.how) ?? null;
  const begun = form.order.flatMap((who) => tie.tied.filter((one) => one.id === who));
  const order = begun.length === tie.tied.length ? begun : tie.tied;
  const [checked, setChecked] = useState(false);
  const [asked, setAsked] = useState(false);
  const missing = [
    ...(how === null ? [t("standing.ties.how")] : []),
    ...(by.length === 0 ? [t("standing.ties.missingBy")] : []),
    ...(reason.trim() === "" ? [t("standing.ties.missingReason")] : []),
    ...(checked ? [] : [t("standing.ties.missingChecked")]),
  ];
  const resolve = async () => {
    setAsked(false);
    if (how === null) return;
    const done = await act(() => commands.resolveTie(tie.id, order.map((one) => one.id), how, by, reason.trim()).then(() => true), t("standing.ties.resolved"));
    if (done === true) spent();
  };
  return (
    <div className="resolve">
      <Order order={order} onChange={(next) => { put({ order: next.map((one) => one.id) }); setChecked(false); }} />
      <div className="fields">
        <p className="soft whole-line">{t("standing.ties.noKey")}</p>
        <span id={`${id}-how`}>{t("standing.ties.how")}</span>
        <Radio.Group aria-labelledby={`${id}-how`} value={how} onChange={(e) => put({ how: String(e.target.value) })}>
          {HOWS.map((one) => (
            <Radio key={one} value={one} data-how={one}>{t(`standing.ties.${one}`)}</Radio>
          ))}
        </Radio.Group>
        <label htmlFor={`${id}-by`}>{t("standing.ties.by")}</label>
        <Select id={`${id}-by`} data-field="tie-by" mode="tags" open={false} suffixIcon={null} tokenSeparators={["、", "，", ",", ";", "；"]} aria-label={t("standing.ties.by")} placeholder={t("standing.ties.byHint")} value={by} onChange={(names: string[]) => put({ by: tags(names) })} />
        <label htmlFor={`${id}-reason`}>{t("standing.reason")}</label>
        <Input id={`${id}-reason`} data-field="tie-reason" placeholder={t("standing.ties.reasonHint")} value={reason} onChange={(e) => put({ reason: e.target.value })} />
      </div>
      <Checkbox data-field="tie-checked" checked={checked} onChange={(e) => setChecked(e.target.checked)}>{t("standing.ties.checked")}</Checkbox>
      <div className="row">
        <Act does="resolveTie" type="primary" data-action="resolve-tie" disabled={missing.length > 0} onClick={() => setAsked(true)}>
          {t("standing.ties.resolve")}
        </Act>
        {missing.length > 0 && <span className="soft" role="status">{t("standing.ties.missing", { what: missing.join(t("standing.comma")) })}</span>}
      </div>
      <Ask open={asked} title={t("standing.ties.resolveTitle")} onCancel={() => setAsked(false)} onOk={() => void resolve()}>
        <p><strong>{t("standing.ties.resolveWhat", { order: order.map((one, n) => `${n + 1}. ${inWords(one.name)}`).join("　") })}</strong></p>
        <p>{t("standing.ties.resolveAfter")}</p>
      </Ask>
    </div>
  );
}

/** Who comes before whom, put so by buttons; the focus goes along with the one moved. */
function Order({ order, onChange }: { order: TieRow["tied"]; onChange: (order: TieRow["tied"]) => void }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const list = useRef<HTMLOListElement | null>(null);
  const wanted = useRef<{ id: string; by: -1 | 1 } | null>(null);
  useEffect(() => {
    const last = wanted.current;
    if (last === null) return;
    wanted.current = null;
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>("button") ?? [])].filter((button) => button.dataset["of"] === last.id && !button.disabled);
    (buttons.find((button) => button.dataset["by"] === String(last.by)) ?? buttons[0])?.focus();
  });
  const move = (at: number, by: -1 | 1, id: string) => {
    wanted.current = { id, by };
    onChange(moved(order, at, by));
  };
  return (
    <div>
      <p id="tie-order"><strong>{t("standing.ties.order")}</strong>　<span className="soft">{t("standing.ties.orderHint")}</span></p>
      <ol ref={list} className="order" aria-labelledby="tie-order">
        {order.map((one, at) => (
          <li key={one.id} data-tied={one.id}>
            <span className="figure">{at + 1}.</span>
            <span className="tied-name">{inWords(one.name)}</span>
            <Button size="small" data-of={one.id} data-by="-1" data-action="up" disabled={at === 0} aria-label={t("standing.ties.upName", { name: inWords(one.name) })} onClick={() => move(at, -1, one.id)}>
              {t("standing.ties.up")}
            </Button>
            <Button size="small" data-of={one.id} data-by="1" data-action="down" disabled={at === order.length - 1} aria-label={t("standing.ties.downName", { name: inWords(one.name) })} onClick={() => move(at, 1, one.id)}>
              {t("standing.ties.down")}
            </Button>
          </li>
        ))}
      </ol>
    </div>
  );
}

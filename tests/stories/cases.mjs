// Cases in every state, made by calls: where a story about the next step begins.
import { zhangSan } from "./people.mjs";

/** Items with which the steps can be taken: ours to decide, collected for a department, finished at once. */
const OURS = { item: "ZM002", papers: ["APP", "ID", "HB", "KIN", "EVID"], missing: "KIN" };
const COLLECTED = { item: "HJ002", papers: ["APP", "ID", "PH", "RESID"], missing: "PH" };
const AT_ONCE = { item: "YL010", papers: ["REG", "ID", "PH"], missing: "PH" };

/** The department's part, and everything from where only it leads on. */
const DEPARTMENTS = [
  "forward",
  "send_back",
  "department_supplement",
  "department_refuse",
  "department_accept",
];

/** What each call needs besides the case: right, so that only the state can be wrong. */
export function inputOf(call, sort, { person, supervisor, day }) {
  const line = { material: sort.missing, name: sort.missing, problem: "missing", note: "本窗口补交" };
  const brought = sort.papers.map(paper);
  return {
    receive_case: { item: sort.item, person, identity: identity(), brought },
    accept_case: { brought },
    accept_deferred_case: {
      brought: sort.papers.filter((code) => code !== sort.missing).map(paper),
      owed: [{ material: sort.missing, due: day }],
      promise_signed: true,
    },
    request_supplement: { listed: [line] },
    supply_materials: { brought: [paper(sort.missing)] },
    lapse_case: { call: "11月20日电话，本人说不办了" },
    refuse_case: {
      ground: "not_ours",
      text: "不属于本窗口职权",
      basis: "",
      go_to: { name: "镇便民服务中心", address: "人民路1号", phone: "" },
    },
    withdraw_case: { signed_by: "applicant", reason: "不办了" },
    forward_case: { batch: "P1" },
    send_back_case: { reason: "缺一页" },
    department_supplement_case: { external_number: "B1", listed: [line], last_day: day },
    department_refuse_case: { external_number: "B1", reason: "不符合条件" },
    department_accept_case: { on: day, external_number: "B1" },
    pause_case: { procedure: "site_check", expected_days: 3 },
    resume_case: {},
    extend_case: { approver: supervisor, reason: "要上门核实" },
    decide_case: { outcome: "approved" },
    terminate_case: { cause: "applicant_died" },
    deliver_case: { method: "in_person", recipient: "applicant", proof: "本人签收" },
    archive_case: {},
    deem_case: {},
    do_at_once_case: { brought, result: "已登记" },
    correct_case: { reason: "点错了" },
  }[call];
}

const paper = (material) => ({ material, how: "paper", pages: 1 });
const identity = () => ({ how: "last_four", last_four: zhangSan.id_number.slice(-4) });

/** How a case comes to a state. `step` is what will be tried there: it may need an item or a deferral of its own. */
export function wayTo(state, step) {
  const sort =
    step === "do_at_once" && state === "received"
      ? AT_ONCE
      : state === "forwarded" || DEPARTMENTS.includes(step)
        ? COLLECTED
        : OURS;
  const isOwing = step === "supply" && state !== "supplement";
  const accept = isOwing ? "accept_deferred_case" : "accept_case";
  const lacks = ["accept_deferred", "request_supplement"].includes(step) || state === "supplement";
  const calls = {
    received: ["receive_case"],
    supplement: ["receive_case", "request_supplement"],
    accepted: ["receive_case", accept],
    forwarded: ["receive_case", accept, "forward_case"],
    paused: ["receive_case", accept, "pause_case"],
    decided: ["receive_case", accept, "decide_case"],
    delivered: ["receive_case", accept, "decide_case", "deliver_case"],
    archived: ["receive_case", accept, "decide_case", "deliver_case", "archive_case"],
    refused: ["receive_case", "refuse_case"],
    withdrawn: ["receive_case", "withdraw_case"],
    returned: ["receive_case", "request_supplement", "lapse_case"],
  }[state];
  if (!calls) throw new Error(`no way leads to ${state}`);
  // A collected item is decided by the department that has it.
  const way =
    sort === COLLECTED
      ? calls.flatMap((call) => (call === "decide_case" ? ["forward_case", call] : [call]))
      : calls;
  return { sort, calls: way, lacks: lacks || isOwing };
}

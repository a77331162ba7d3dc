import en_frame from "./en/frame.json";
import en_start from "./en/start.json";
import en_overview from "./en/overview.json";
import en_roster from "./en/roster.json";
import en_seating from "./en/seating.json";
import en_packet from "./en/packet.json";
import en_standing from "./en/standing.json";
import en_room from "./en/room.json";
import en_marks from "./en/marks.json";
import en_interview from "./en/interview.json";
import en_certificates from "./en/certificates.json";
import en_papers from "./en/papers.json";
import en_handover from "./en/handover.json";
import en_journal from "./en/journal.json";
import en_practice from "./en/practice.json";
import en_stages from "./en/stages.json";
import en_staff from "./en/staff.json";
import en_archive from "./en/archive.json";
import en_operators from "./en/operators.json";
import zh_frame from "./zh-CN/frame.json";
import zh_start from "./zh-CN/start.json";
import zh_overview from "./zh-CN/overview.json";
import zh_roster from "./zh-CN/roster.json";
import zh_seating from "./zh-CN/seating.json";
import zh_packet from "./zh-CN/packet.json";
import zh_standing from "./zh-CN/standing.json";
import zh_room from "./zh-CN/room.json";
import zh_marks from "./zh-CN/marks.json";
import zh_interview from "./zh-CN/interview.json";
import zh_certificates from "./zh-CN/certificates.json";
import zh_papers from "./zh-CN/papers.json";
import zh_handover from "./zh-CN/handover.json";
import zh_journal from "./zh-CN/journal.json";
import zh_practice from "./zh-CN/practice.json";
import zh_stages from "./zh-CN/stages.json";
import zh_staff from "./zh-CN/staff.json";
import zh_archive from "./zh-CN/archive.json";
import zh_operators from "./zh-CN/operators.json";

// One file a feature and language.
export const zh = {
  frame: zh_frame,
  start: zh_start,
  overview: zh_overview,
  roster: zh_roster,
  seating: zh_seating,
  packet: zh_packet,
  standing: zh_standing,
  room: zh_room,
  marks: zh_marks,
  interview: zh_interview,
  certificates: zh_certificates,
  papers: zh_papers,
  handover: zh_handover,
  journal: zh_journal,
  practice: zh_practice,
  stages: zh_stages,
  staff: zh_staff,
  archive: zh_archive,
  operators: zh_operators,
};
export const en: typeof zh = {
  frame: en_frame,
  start: en_start,
  overview: en_overview,
  roster: en_roster,
  seating: en_seating,
  packet: en_packet,
  standing: en_standing,
  room: en_room,
  marks: en_marks,
  interview: en_interview,
  certificates: en_certificates,
  papers: en_papers,
  handover: en_handover,
  journal: en_journal,
  practice: en_practice,
  stages: en_stages,
  staff: en_staff,
  archive: en_archive,
  operators: en_operators,
};

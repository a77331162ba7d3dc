/** The desks, in the order in which they will stand in the window. */
export const DESKS = ["overview", "hq", "room", "marks", "interview", "certificates", "handover", "journal"] as const;

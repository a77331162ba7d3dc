import type { ThemeConfig } from "antd";

// Nothing moves: a door is no place for animations, and pictures of screens stay the same.
export const THEME: ThemeConfig = {
  token: {
    colorPrimary: "#1d4f91",
    colorLink: "#1d4f91",
    colorError: "#b3261e",
    colorSuccess: "#1e6b3a",
    colorWarning: "#8a5a00",
    // Ant Design mixes these from the colours above into a muddy grey.
    colorWarningBg: "#fff3d6",
    colorSuccessBg: "#e7f3ea",
    colorErrorBg: "#fdeceb",
    colorInfoBg: "#e8eff8",
    colorText: "#2a2622",
    colorTextSecondary: "#5a5349",
    colorTextDescription: "#5a5349",
    colorTextPlaceholder: "#6f675d",
    colorBgLayout: "#faf6ee",
    borderRadius: 4,
    fontSize: 15,
    motion: false,
    fontFamily: "var(--fonts)",
  },
  // All heads of tables are of one colour, whoever draws them, and all rows: `--head` and `--sheet` of the page say the same.
  components: { Table: { headerBg: "#f1e9da", headerSplitColor: "transparent", colorBgContainer: "#fffdf8" } },
};

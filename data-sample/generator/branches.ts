/** A branch of the programme; ids say that all of it is invented. */
export interface Branch {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly opened: number;
}

export const BRANCHES: readonly Branch[] = [
  { id: "SYN-BRU1", name: "Bruxelles-Midi / Brussel-Zuid", region: "brussels", opened: 2013 },
  { id: "SYN-BRU2", name: "Bruxelles-Nord / Brussel-Noord", region: "brussels", opened: 2017 },
  { id: "SYN-GNT", name: "Gent", region: "flanders", opened: 2015 },
  { id: "SYN-ANR", name: "Antwerpen", region: "flanders", opened: 2016 },
  { id: "SYN-LGG", name: "Liège", region: "wallonia", opened: 2017 },
  { id: "SYN-LIL", name: "Lille", region: "france", opened: 2018 },
  { id: "SYN-PAR", name: "Paris", region: "france", opened: 2019 },
  { id: "SYN-RTM", name: "Rotterdam", region: "netherlands", opened: 2020 },
];

/** Duos started by year and branch of the network: 4,450 in all, 2,800 of them in Brussels. */
export const STARTED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  2013: { "SYN-BRU": 60 },
  2014: { "SYN-BRU": 123 },
  2015: { "SYN-BRU": 128, "SYN-GNT": 20 },
  2016: { "SYN-BRU": 102, "SYN-GNT": 30, "SYN-ANR": 20 },
  2017: { "SYN-BRU": 180, "SYN-GNT": 45, "SYN-ANR": 35, "SYN-LGG": 15 },
  2018: { "SYN-BRU": 215, "SYN-GNT": 50, "SYN-ANR": 45, "SYN-LGG": 30, "SYN-LIL": 15 },
  2019: { "SYN-BRU": 255, "SYN-GNT": 55, "SYN-ANR": 50, "SYN-LGG": 35, "SYN-LIL": 20, "SYN-PAR": 15 },
  2020: { "SYN-BRU": 285, "SYN-GNT": 58, "SYN-ANR": 55, "SYN-LGG": 37, "SYN-LIL": 22, "SYN-PAR": 18, "SYN-RTM": 10 },
  2021: { "SYN-BRU": 315, "SYN-GNT": 62, "SYN-ANR": 58, "SYN-LGG": 40, "SYN-LIL": 25, "SYN-PAR": 20, "SYN-RTM": 15 },
  2022: { "SYN-BRU": 345, "SYN-GNT": 62, "SYN-ANR": 58, "SYN-LGG": 45, "SYN-LIL": 30, "SYN-PAR": 25, "SYN-RTM": 15 },
  2023: { "SYN-BRU": 380, "SYN-GNT": 65, "SYN-ANR": 62, "SYN-LGG": 47, "SYN-LIL": 31, "SYN-PAR": 27, "SYN-RTM": 18 },
  2024: { "SYN-BRU": 412, "SYN-GNT": 68, "SYN-ANR": 65, "SYN-LGG": 50, "SYN-LIL": 33, "SYN-PAR": 29, "SYN-RTM": 20 },
};

export const MENTORS_WITH_DUO = 1618;
/** The export of the programme's database: what is dated later is a late record. */
export const CUT_OFF = "2026-03-31";

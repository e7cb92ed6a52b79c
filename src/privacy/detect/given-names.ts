/**
 * Frequent given names of the United States (Social Security Administration, births since 1920) and of Western Europe: enough to
 * tell a column of persons from one of places or products, since a tenth of any list of persons carries one of them.
 */
export const givenNames: ReadonlySet<string> = new Set(
  `james mary michael patricia robert jennifer john linda david elizabeth william barbara richard susan joseph jessica thomas karen
  christopher sarah charles lisa daniel nancy matthew sandra anthony betty mark ashley donald emily steven kimberly andrew margaret
  paul donna joshua michelle kenneth carol kevin amanda brian melissa timothy deborah ronald stephanie george rebecca jason sharon
  edward laura jeffrey cynthia ryan dorothy jacob amy nicholas kathleen gary angela eric shirley jonathan emma stephen brenda larry
  pamela justin nicole scott anna brandon samantha benjamin katherine samuel christine gregory debra alexander rachel patrick carolyn
  frank janet raymond maria jack olivia dennis heather jerry helen tyler catherine aaron diane jose julie adam victoria nathan joyce
  henry lauren zachary kelly douglas christina peter ruth kyle joan noah judith ethan evelyn jeremy hannah walter andrea christian
  megan keith cheryl roger jacqueline terry madison sean teresa gerald abigail carl sophia dylan sara harold janice jordan gloria
  bryan martha arthur ann billy alice lawrence jean albert julia joe diana bruce amber juan denise willie marilyn gabriel isabella
  hans peter wolfgang klaus jürgen dieter manfred ursula monika petra sabine stefan andreas jan lukas leon finn lena lea marie
  pierre jean michel philippe alain nathalie isabelle sylvie luc louis camille chloé luca marco giulia francesca giovanni antonio
  carlos luis jorge ana carmen lucía sofía miguel pedro joão lars erik anders ingrid astrid sven karin ada grace charlotte oliver
  harry amelia isla poppy oscar freya mohammed muhammad fatima aisha ali omar wei li ming yuki hiroshi priya raj anjali`.split(
    /\s+/,
  ),
)

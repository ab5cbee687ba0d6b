"""What a person did for a book: the codes of the MARC Code List for Relators.

Source: Library of Congress, https://www.loc.gov/marc/relators/relaterm.html (2024), discontinued codes included, as
catalogues still have them.
"""

import difflib
from collections.abc import Sequence

from keben.core.saying import wording

_LIST = """
abr Abridger; acp Art copyist; act Actor; adi Art director; adp Adapter;
aft Author of afterword, colophon, etc.; anc Announcer; anl Analyst; anm Animator; ann Annotator;
ant Bibliographic antecedent; ape Appellee; apl Appellant; app Applicant;
aqt Author in quotations or text abstracts; arc Architect; ard Artistic director; arr Arranger;
art Artist; asg Assignee; asn Associated name; ato Autographer; att Attributed name; auc Auctioneer;
aud Author of dialog; aue Audio engineer; aui Author of introduction, etc.; aup Audio producer;
aus Screenwriter; aut Author; bdd Binding designer; bjd Bookjacket designer; bka Book artist;
bkd Book designer; bkp Book producer; blw Blurb writer; bnd Binder; bpd Bookplate designer;
brd Broadcaster; brl Braille embosser; bsl Bookseller; cad Casting director; cas Caster; ccp Conceptor;
chr Choreographer; clb Collaborator; cli Client; cll Calligrapher; clr Colorist; clt Collotyper;
cmm Commentator; cmp Composer; cmt Compositor; cnd Conductor; cng Cinematographer; cns Censor;
coe Contestant-appellee; col Collector; com Compiler; con Conservator; cop Camera operator;
cor Collection registrar; cos Contestant; cot Contestant-appellant; cou Court governed;
cov Cover designer; cpc Copyright claimant; cpe Complainant-appellee; cph Copyright holder;
cpl Complainant; cpt Complainant-appellant; cre Creator; crp Correspondent; crr Corrector;
crt Court reporter; csl Consultant; csp Consultant to a project; cst Costume designer; ctb Contributor;
cte Contestee-appellee; ctg Cartographer; ctr Contractor; cts Contestee; ctt Contestee-appellant;
cur Curator; cwt Commentator for written text; dbd Dubbing director; dbp Distribution place;
dfd Defendant; dfe Defendant-appellee; dft Defendant-appellant; dgc Degree committee member;
dgg Degree granting institution; dgs Degree supervisor; dis Dissertant; djo DJ; dln Delineator;
dnc Dancer; dnr Donor; dpc Depicted; dpt Depositor; drm Draftsman; drt Director; dsr Designer;
dst Distributor; dtc Data contributor; dte Dedicatee; dtm Data manager; dto Dedicator;
dub Dubious author; edc Editor of compilation; edd Editorial director; edm Editor of moving image work;
edt Editor; egr Engraver; elg Electrician; elt Electrotyper; eng Engineer; enj Enacting jurisdiction;
etr Etcher; evp Event place; exp Expert; fac Facsimilist; fds Film distributor; fld Field director;
flm Film editor; fmd Film director; fmk Filmmaker; fmo Former owner; fmp Film producer; fnd Funder;
fon Founder; fpy First party; frg Forger; gdv Game developer; gis Geographic information specialist;
grt Graphic technician; his Host institution; hnr Honoree; hst Host; ill Illustrator; ilu Illuminator;
ins Inscriber; inv Inventor; isb Issuing body; itr Instrumentalist; ive Interviewee; ivr Interviewer;
jud Judge; jug Jurisdiction governed; lbr Laboratory; lbt Librettist; ldr Laboratory director;
led Lead; lee Libelee-appellee; lel Libelee; len Lender; let Libelee-appellant; lgd Lighting designer;
lie Libelant-appellee; lil Libelant; lit Libelant-appellant; lsa Landscape architect; lse Licensee;
lso Licensor; ltg Lithographer; lyr Lyricist; mcp Music copyist; mdc Metadata contact; med Medium;
mfp Manufacture place; mfr Manufacturer; mka Makeup artist; mod Moderator; mon Monitor; mrb Marbler;
mrk Markup editor; msd Musical director; mte Metal-engraver; mtk Minute taker; mup Music programmer;
mus Musician; mxe Mixing engineer; nan News anchor; nrt Narrator; onp Onscreen participant;
opn Opponent; org Originator; orm Organizer; osp Onscreen presenter; oth Other; own Owner;
pad Place of address; pan Panelist; pat Patron; pbd Publishing director; pbl Publisher;
pdr Project director; pfr Proofreader; pht Photographer; plt Platemaker; pma Permitting agency;
pmn Production manager; pop Printer of plates; ppm Papermaker; ppt Puppeteer; pra Praeses;
prc Process contact; prd Production personnel; pre Presenter; prf Performer; prg Programmer;
prm Printmaker; prn Production company; pro Producer; prp Production place; prs Production designer;
prt Printer; prv Provider; pta Patent applicant; pte Plaintiff-appellee; ptf Plaintiff;
pth Patent holder; ptt Plaintiff-appellant; pup Publication place; rap Rapporteur; rbr Rubricator;
rcd Recordist; rce Recording engineer; rcp Addressee; rdd Radio director; red Redaktor; ren Renderer;
res Researcher; rev Reviewer; rpc Radio producer; rps Repository; rpt Reporter; rpy Responsible party;
rse Respondent-appellee; rsg Restager; rsp Respondent; rsr Restorationist; rst Respondent-appellant;
rth Research team head; rtm Research team member; rxa Remix artist; sad Scientific advisor;
sce Scenarist; scl Sculptor; scr Scribe; sde Sound engineer; sds Sound designer; sec Secretary;
sfx Special effects provider; sgd Stage director; sgn Signer; sht Supporting host; sll Seller;
sng Singer; spk Speaker; spn Sponsor; spy Second party; srv Surveyor; std Set designer; stg Setting;
stl Storyteller; stm Stage manager; stn Standards body; str Stereotyper; swd Software developer;
tau Television writer; tcd Technical director; tch Teacher; ths Thesis advisor;
tld Television director; tlg Television guest; tlh Television host; tlp Television producer;
trc Transcriber; trl Translator; tyd Type designer; tyg Typographer; uvp University place;
vac Voice actor; vdg Videographer; vfx Visual effects provider; voc Vocalist;
wac Writer of added commentary; wal Writer of added lyrics; wam Writer of accompanying material;
wat Writer of added text; wdc Woodcutter; wde Wood engraver; win Writer of introduction; wit Witness;
wpr Writer of preface; wst Writer of supplementary textual content
"""

RELATORS = {
    code: term
    for entry in _LIST.replace("\n", " ").split(";")
    for code, _, term in [entry.strip().partition(" ")]
}
"""Each code and its English term."""

CREATORS = frozenset(("aus", "art", "aut", "cmp", "cre", "dis", "lbt", "lyr"))
"""Roles of those who made the work itself: an author, and its equals in other arts."""

_EDITING = frozenset(("com", "edc", "edt", "col", "edd", "pbd", "red"))
"""Roles of those who stand in an author's place where a book has none."""

CHINESE = {
    "著": "aut", "作者": "aut", "著者": "aut", "作": "aut", "撰": "aut",
    "译": "trl", "譯": "trl", "译者": "trl", "譯者": "trl", "翻译": "trl", "翻譯": "trl",
    "编": "edt", "編": "edt", "编者": "edt", "編者": "edt", "编辑": "edt", "編輯": "edt",
    "主编": "edc", "主編": "edc", "编纂": "com", "編纂": "com", "辑": "com", "輯": "com",
    "绘": "ill", "繪": "ill", "插图": "ill", "插圖": "ill", "插画": "ill", "插畫": "ill", "绘者": "ill", "繪者": "ill",
    "校": "pfr", "校对": "pfr", "校對": "pfr", "审校": "crr", "審校": "crr", "审订": "crr", "審訂": "crr",
    "注": "ann", "註": "ann", "注释": "ann", "註釋": "ann", "评": "cwt", "評": "cwt", "点评": "cwt", "點評": "cwt",
    "摄影": "pht", "攝影": "pht", "序": "wpr", "作序": "wpr", "导读": "win", "導讀": "win", "跋": "aft",
    "改编": "adp", "改編": "adp", "缩写": "abr", "縮寫": "abr", "口述": "nrt", "整理": "trc",
    "书法": "cll", "書法": "cll", "设计": "bkd", "設計": "bkd", "封面设计": "cov", "封面設計": "cov",
}  # fmt: skip
"""How people say it in Chinese, and the code for it."""


def main_roles(roles: Sequence[str]) -> frozenset[str]:
    """Which of a book's roles are its creators': the authors', else the editors', else the first one's."""
    for kind in (CREATORS, _EDITING):
        if found := kind.intersection(roles):
            return found
    return frozenset(roles[:1])


def nearest_relator(text: str) -> str:
    """Advice for a role that is no code: the code that was most likely meant."""
    word = text.strip()
    if code := CHINESE.get(word):
        return _advice(code)
    terms = {term.lower(): code for code, term in RELATORS.items()}
    for known in (terms, {code: code for code in RELATORS}):
        if near := difflib.get_close_matches(word.lower(), list(known), 1, 0.6):
            return _advice(known[near[0]])
    return wording(
        "Use “aut” (author), “trl” (translator), “edt” (editor), “ill” (illustrator), “wpr” (writer of preface), "
        "or another code of the MARC list of relators."
    )


def _advice(code: str) -> str:
    return wording("Did you mean “{code}” ({relators})?", code=code, relators=RELATORS[code].lower())

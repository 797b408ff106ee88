"""The wording of the generated deals, in English and Bengali side by side; names and figures are put in by ``deals``.

``{a}`` is the side that pays or moves first, ``{b}`` the other; Bengali ``{a_r}`` is the genitive, ``{a_te}`` the locative,
``{a_ke}`` the objective of the name. ``{sum}``, ``{date}``, ``{power}``, ``{stake}`` and ``{years}`` are figures in words.
"""

from dataclasses import dataclass

# Syllables of invented names and how the Bengali press would write them.
SYLLABLES = dict(
    zip(
        "ve lo ra ne xi ta mo ri za ku no ly be do fi ga ha ju ka li ma na pi qu ro sa te vo wi ya "
        "zen tor nex lan mar sol tek dyn ark bri cor del fen gra hel".split(),
        "ভে লো রা নে ক্সি টা মো রি জা কু নো লি বে ডো ফি গা হা জু কা লি মা না পি কু রো সা টে ভো উই "
        "ইয়া জেন টর নেক্স ল্যান মার সল টেক ডাইন আর্ক ব্রি কর ডেল ফেন গ্রা হেল".split(),
        strict=True,
    )
)
ENDINGS = (
    ("AI", "এআই"), ("Labs", "ল্যাবস"), ("Capital", "ক্যাপিটাল"), ("Systems", "সিস্টেমস"), ("Cloud", "ক্লাউড"), ("Energy", "এনার্জি"),
    ("Technologies", "টেকনোলজিস"), ("Group", "গ্রুপ"), ("Ventures", "ভেঞ্চারস"), ("Bank", "ব্যাংক"), ("Semiconductor", "সেমিকন্ডাক্টর"),
    ("Data Centers", "ডেটা সেন্টারস"), ("Networks", "নেটওয়ার্কস"), ("Holdings", "হোল্ডিংস"),
    ("Power", "পাওয়ার"), ("", ""), ("", ""), ("", ""),
)  # fmt: skip
NAMES = """OpenAI=ওপেনএআই Anthropic=অ্যানথ্রপিক Nvidia=এনভিডিয়া AMD=এএমডি Intel=ইন্টেল Broadcom=ব্রডকম Microsoft=মাইক্রোসফট Google=গুগল
Alphabet=অ্যালফাবেট Amazon=অ্যামাজন Meta=মেটা Oracle=ওরাকল CoreWeave=কোরউইভ Nebius=নেবিয়াস Nscale=এনস্কেল Lambda=ল্যাম্বডা Crusoe=ক্রুসো
xAI=এক্সএআই SpaceX=স্পেসএক্স Tesla=টেসলা Apple=অ্যাপল Samsung=স্যামসাং Qualcomm=কোয়ালকম TSMC=টিএসএমসি Micron=মাইক্রন IBM=আইবিএম Dell=ডেল
Cisco=সিসকো SoftBank=সফটব্যাংক Mistral=মিস্ট্রাল Cohere=কোহেয়ার Perplexity=পারপ্লেক্সিটি Databricks=ডেটাব্রিকস Snowflake=স্নোফ্লেক
Salesforce=সেলসফোর্স Adobe=অ্যাডোবি Groq=গ্রক Cerebras=সেরেব্রাস Marvell=মার্ভেল Arm=আর্ম Alibaba=আলিবাবা Tencent=টেনসেন্ট Baidu=বাইদু
Huawei=হুয়াওয়ে ByteDance=বাইটড্যান্স Reliance=রিলায়েন্স Airtel=এয়ারটেল Infosys=ইনফোসিস Tata=টাটা Adani=আদানি Grameenphone=গ্রামীণফোন Robi=রবি
bKash=বিকাশ Pathao=পাঠাও Blackstone=ব্ল্যাকস্টোন BlackRock=ব্ল্যাকরক Brookfield=ব্রুকফিল্ড
Citigroup=সিটিগ্রুপ Goldman=গোল্ডম্যান Fidelity=ফিডেলিটি
Uber=উবার Disney=ডিজনি Netflix=নেটফ্লিক্স Stripe=স্ট্রাইপ Figma=ফিগমা Spotify=স্পটিফাই Nokia=নকিয়া Ericsson=এরিকসন Siemens=সিমেন্স Sony=সনি
Foxconn=ফক্সকন Lenovo=লেনোভো Vertiv=ভার্টিভ Equinix=ইকুইনিক্স Akamai=আকামাই Cloudflare=ক্লাউডফ্লেয়ার Palantir=প্যালান্টির Humain=হিউমেইন
Runway=রানওয়ে Midjourney=মিডজার্নি DeepSeek=ডিপসিক Moonshot=মুনশট Zhipu=ঝিপু Harvey=হার্ভে
Figure=ফিগার Wayve=ওয়েভ Waymo=ওয়েমো Helion=হেলিয়ন
Vistra=ভিস্ট্রা Constellation=কনস্টেলেশন Walmart=ওয়ালমার্ট Shopify=শপিফাই Visa=ভিসা Mastercard=মাস্টারকার্ড Accenture=অ্যাকসেঞ্চার"""
MONTHS = dict(
    zip(
        "January February March April May June July August September October November December".split(),
        "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর".split(),
        strict=True,
    )
)
STATUSES = (
    ("announced", "ঘোষিত"), ("signed", "স্বাক্ষরিত"), ("closed", "সম্পন্ন"), ("in talks", "আলোচনা চলছে"), ("rumoured", "গুঞ্জন"),
    ("letter of intent", "আগ্রহপত্র"), ("cancelled", "বাতিল"), ("lapsed", "মেয়াদ শেষ"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of deal: its record's lines and the questions about it; each pair is (English, Bengali)."""

    label: tuple[str, str]
    roles: tuple[tuple[str, str], tuple[str, str]]
    records: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, str], ...]


KINDS = (
    Kind(
        ("equity investment", "মূলধনী বিনিয়োগ"),
        (("investor", "বিনিয়োগকারী"), ("investee", "বিনিয়োগ গ্রহীতা")),
        (
            ("{a} invests {sum} in {b}", "{b_te} {sum} বিনিয়োগ করছে {a}"),
            ("{a} puts {sum} into {b} for a {stake} stake", "{stake} অংশীদারত্বের বিনিময়ে {b_te} {sum} দিল {a}"),
            ("{a} leads a {sum} funding round in {b}", "{b_r} {sum} তহবিল সংগ্রহে নেতৃত্ব দিল {a}"),
            ("{b} raises {sum}, mostly from {a}", "{sum} মূলধন তুলল {b}, বেশির ভাগই {a_r} কাছ থেকে"),
        ),
        (
            ("How much did {a} invest in {b}?", "{a} {b_te} কত বিনিয়োগ করেছে?"),
            ("Who put money into {b}?", "{b_te} কারা টাকা ঢেলেছে?"),
            ("What does {a} own of {b}?", "{b_r} কত শতাংশ মালিকানা {a_r} হাতে?"),
            ("{a} {b} investment amount", "{a} {b} বিনিয়োগের অঙ্ক"),
            ("When did {a} back {b}?", "{a} কবে {b_te} বিনিয়োগ করে?"),
            ("who are {b}'s shareholders and how much did they pay", "{b_r} শেয়ারহোল্ডার কারা, কত টাকা দিয়েছে"),
            ("Did {a} buy shares of {b}?", "{a} কি {b_r} শেয়ার কিনেছে?"),
            ("latest funding round of {b}", "{b_r} সর্বশেষ ফান্ডিং রাউন্ড"),
            ("What valuation did {b} get when {a} came in?", "{a} ঢোকার সময় {b_r} মূল্যায়ন কত ধরা হয়েছিল?"),
        ),
    ),
    Kind(
        ("cloud contract", "ক্লাউড চুক্তি"),
        (("buyer", "ক্রেতা"), ("seller", "বিক্রেতা")),
        (
            ("{a} rents {sum} of computing from {b} over {years}", "{years}ে {b_r} কাছ থেকে {sum} মূল্যের কম্পিউটিং ভাড়া নেবে {a}"),
            ("{a} signs a {sum} cloud contract with {b}", "{b_r} সঙ্গে {sum} ক্লাউড চুক্তি করল {a}"),
            ("{b} will supply {a} with {power} of data centre capacity", "{a_ke} {power} ডেটা সেন্টার সক্ষমতা দেবে {b}"),
        ),
        (
            ("How much is {a}'s cloud deal with {b} worth?", "{b_r} সঙ্গে {a_r} ক্লাউড চুক্তির মূল্য কত?"),
            ("Where does {a} rent its servers?", "{a} কার কাছ থেকে সার্ভার ভাড়া নেয়?"),
            ("{a} compute agreement {b} years", "{a} {b} কম্পিউট চুক্তির মেয়াদ"),
            ("How many years does the contract between {a} and {b} run?", "{a} আর {b_r} চুক্তিটা কত বছরের?"),
            ("Which company sells computing power to {a}?", "{a_ke} কম্পিউটিং ক্ষমতা কে বেচে?"),
            ("Who are the big customers of {b}?", "{b_r} বড় গ্রাহক কারা?"),
            ("When was {a}'s hosting pact with {b} announced?", "{b_r} সাথে {a_r} হোস্টিং চুক্তি কবে ঘোষণা হলো?"),
        ),
    ),
    Kind(
        ("chip supply", "চিপ সরবরাহ"),
        (("buyer", "ক্রেতা"), ("seller", "বিক্রেতা")),
        (
            ("{a} buys {power} of chips from {b}", "{b_r} কাছ থেকে {power} চিপ কিনছে {a}"),
            ("{a} orders {sum} of GPUs from {b}", "{b_ke} {sum} জিপিইউর ফরমাশ দিল {a}"),
            ("{b} makes custom accelerators for {a} worth {sum}", "{a_r} জন্য {sum} দামের বিশেষ চিপ বানাবে {b}"),
        ),
        (
            ("How many gigawatts of chips does {a} buy from {b}?", "{a} {b_r} কাছ থেকে কত গিগাওয়াটের চিপ কিনছে?"),
            ("Who supplies GPUs to {a}?", "{a_ke} জিপিইউ কে সরবরাহ করে?"),
            ("chips {b} sold to {a}", "{a_r} কাছে {b_r} চিপ বিক্রি"),
            ("Is {b} building processors for {a}?", "{b} কি {a_r} জন্য প্রসেসর বানাচ্ছে?"),
            ("What did {a} order from {b}, and when?", "{a} {b_r} কাছে কী অর্ডার দিয়েছে, কবে?"),
            ("semiconductor agreement of {a}", "{a_r} চিপের চুক্তি"),
        ),
    ),
    Kind(
        ("acquisition", "অধিগ্রহণ"),
        (("acquirer", "অধিগ্রহণকারী"), ("target", "অধিগ্রহণের লক্ষ্য")),
        (
            ("{a} buys {b} for {sum}", "{sum} দিয়ে {b_ke} কিনে নিল {a}"),
            ("{a} to acquire {b} in a {sum} deal", "{sum} চুক্তিতে {b_ke} অধিগ্রহণ করবে {a}"),
            ("{a} takes over {b}; shareholders get {sum}", "{b} এখন {a_r}; শেয়ারহোল্ডাররা পাচ্ছেন {sum}"),
        ),
        (
            ("What did {a} pay for {b}?", "{b_ke} কিনতে {a} কত দিয়েছে?"),
            ("Who bought {b}?", "{b_ke} কে কিনেছে?"),
            ("Has the takeover of {b} closed?", "{b} অধিগ্রহণ কি সম্পন্ন হয়েছে?"),
            ("{a} acquisitions", "{a} কোন কোন কোম্পানি কিনেছে"),
            ("Which startup did {a} swallow?", "{a} কোন স্টার্টআপ কিনে নিয়েছে?"),
            ("price of {b} in the merger with {a}", "{a_r} সঙ্গে একীভূত হওয়ার সময় {b_r} দাম"),
        ),
    ),
    Kind(
        ("debt financing", "ঋণ অর্থায়ন"),
        (("lender", "ঋণদাতা"), ("borrower", "ঋণগ্রহীতা")),
        (
            ("{a} lends {b} {sum}", "{b_ke} {sum} ঋণ দিল {a}"),
            ("{b} borrows {sum} from {a} to build data centres", "ডেটা সেন্টার গড়তে {a_r} কাছ থেকে {sum} ধার নিল {b}"),
            ("{a} arranges a {sum} loan for {b} over {years}", "{b_r} জন্য {years} মেয়াদি {sum} ঋণ জোগাড় করল {a}"),
        ),
        (
            ("How big is {a}'s loan to {b}?", "{b_ke} দেওয়া {a_r} ঋণ কত বড়?"),
            ("Who lends money to {b}?", "{b_ke} ঋণ দিচ্ছে কে?"),
            ("{b} debt from {a}", "{a_r} কাছে {b_r} দেনা"),
            ("How is {b} paying for its data centres?", "{b} ডেটা সেন্টারের টাকা কোথা থেকে পাচ্ছে?"),
            ("which banks financed {b}", "{b_ke} কোন ব্যাংক অর্থায়ন করেছে"),
        ),
    ),
    Kind(
        ("partnership", "অংশীদারি"),
        (("partner", "অংশীদার"), ("partner", "অংশীদার")),
        (
            ("{a} and {b} become partners on {power} of new data centres", "{power} নতুন ডেটা সেন্টারে অংশীদার হলো {a} ও {b}"),
            ("{a} and {b} form a {sum} joint venture", "{sum} যৌথ উদ্যোগ গড়ছে {a} ও {b}"),
            ("{a} will offer the models of {b} to its customers", "গ্রাহকদের {b_r} মডেল দেবে {a}"),
        ),
        (
            ("What are {a} and {b} doing together?", "{a} আর {b} একসঙ্গে কী করছে?"),
            ("joint venture of {a} and {b}", "{a} ও {b_r} যৌথ উদ্যোগ"),
            ("Are {a} and {b} partners?", "{a} আর {b} কি অংশীদার?"),
            ("How are {a} and {b} connected?", "{a_r} সঙ্গে {b_r} সম্পর্ক কী?"),
            ("Who works with {a}?", "{a_r} সঙ্গে কারা কাজ করে?"),
        ),
    ),
    Kind(
        ("energy supply", "বিদ্যুৎ সরবরাহ"),
        (("buyer", "ক্রেতা"), ("seller", "বিক্রেতা")),
        (
            ("{a} buys {power} of electricity from {b}", "{b_r} কাছ থেকে {power} বিদ্যুৎ কিনছে {a}"),
            ("{b} will power {a}'s data centres for {years}", "{years} {a_r} ডেটা সেন্টারে বিদ্যুৎ দেবে {b}"),
        ),
        (
            ("Where does {a} get its power?", "{a} বিদ্যুৎ পায় কোথা থেকে?"),
            ("electricity contract {a} {b}", "{a} {b} বিদ্যুৎ চুক্তি"),
            ("How much energy will {b} deliver to {a}?", "{a_ke} কতটা বিদ্যুৎ দেবে {b}?"),
        ),
    ),
    Kind(
        ("warrant", "ওয়ারেন্ট"),
        (("holder", "ধারক"), ("issuer", "ইস্যুকারী")),
        (
            ("{b} gives {a} warrants for {stake} of its shares", "{a_ke} নিজের {stake} শেয়ারের ওয়ারেন্ট দিচ্ছে {b}"),
            ("{a} may take {stake} of {b} as chips are delivered", "চিপ সরবরাহের সঙ্গে সঙ্গে {b_r} {stake} পেতে পারে {a}"),
        ),
        (
            ("What stake can {a} get in {b}?", "{b_te} {a} কত অংশীদারত্ব পেতে পারে?"),
            ("warrants of {b} held by {a}", "{a_r} হাতে {b_r} ওয়ারেন্ট"),
            ("How many shares of {b} may {a} buy?", "{a} {b_r} কত শেয়ার কিনতে পারবে?"),
        ),
    ),
)
COMMON_QUESTIONS = (
    ("Tell me about the {label} between {a} and {b}", "{a} ও {b_r} {label} সম্পর্কে বলো"),
    ("{a} {b} deal", "{a} {b} চুক্তি"),
    ("Was the {a} and {b} deal signed?", "{a} আর {b_r} চুক্তি কি সই হয়েছে?"),
    ("What is the status of {a}'s deal with {b}?", "{b_r} সঙ্গে {a_r} চুক্তির অবস্থা কী?"),
    ("What happened between {a} and {b} in {date}?", "{date}ে {a} আর {b_r} মধ্যে কী হয়েছিল?"),
    ("the {sum} agreement of {a}", "{a_r} {sum} চুক্তি"),
    ("Which deals did {a} announce in {date}?", "{date}ে {a} কী কী চুক্তি ঘোষণা করেছে?"),
)

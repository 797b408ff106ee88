"""The closed sets in words, English and Bengali: one place for each, for documents and for answers."""

from index.records import AmountKind, DealType, FlowKind, Language, Qualifier, Role, Sector, Status

Labelled = AmountKind | DealType | FlowKind | Role | Sector | Status

# Each value: English, Bengali. English labels of types, sectors and roles are singular nouns without an article.
_TYPES = {
    DealType.EQUITY_INVESTMENT: ("equity investment", "শেয়ারে বিনিয়োগ"),
    DealType.CLOUD_CONTRACT: ("cloud contract", "ক্লাউড চুক্তি"),
    DealType.CHIP_SUPPLY: ("chip supply deal", "চিপ সরবরাহের চুক্তি"),
    DealType.WARRANT: ("warrant", "ওয়ারেন্ট"),
    DealType.DEBT_FINANCING: ("debt financing", "ঋণ"),
    DealType.ACQUISITION: ("acquisition", "অধিগ্রহণ"),
    DealType.ACQUIHIRE_LICENSE: ("licence-and-hire deal", "লাইসেন্স ও কর্মী নিয়োগের চুক্তি"),
    DealType.JOINT_VENTURE: ("joint venture", "যৌথ উদ্যোগ"),
    DealType.PARTNERSHIP: ("partnership", "অংশীদারত্ব"),
    DealType.LEASE: ("lease", "ইজারা"),
    DealType.BACKSTOP: ("backstop", "দায় নেওয়ার নিশ্চয়তা"),
    DealType.DATA_CENTER_BUILD: ("data-centre project", "ডেটা সেন্টার প্রকল্প"),
    DealType.MODEL_DISTRIBUTION: ("model distribution deal", "মডেল সরবরাহের চুক্তি"),
    DealType.ENERGY_SUPPLY: ("energy supply deal", "বিদ্যুৎ সরবরাহের চুক্তি"),
}
_STATUSES = {
    Status.RUMOURED: ("rumoured", "গুঞ্জন"),
    Status.IN_TALKS: ("in talks", "আলোচনা চলছে"),
    Status.LETTER_OF_INTENT: ("letter of intent", "আগ্রহপত্র"),
    Status.ANNOUNCED: ("announced", "ঘোষিত"),
    Status.SIGNED: ("signed", "সই হয়েছে"),
    Status.CLOSED: ("closed", "সম্পন্ন"),
    Status.AMENDED: ("amended", "সংশোধিত"),
    Status.LAPSED: ("lapsed", "কার্যকর হয়নি"),
    Status.CANCELLED: ("cancelled", "বাতিল"),
}
_ROLES = {
    Role.INVESTOR: ("investor", "বিনিয়োগকারী"),
    Role.INVESTEE: ("investee", "বিনিয়োগগ্রহীতা"),
    Role.BUYER: ("buyer", "ক্রেতা"),
    Role.SELLER: ("seller", "বিক্রেতা"),
    Role.LENDER: ("lender", "ঋণদাতা"),
    Role.BORROWER: ("borrower", "ঋণগ্রহীতা"),
    Role.ACQUIRER: ("acquirer", "অধিগ্রহণকারী"),
    Role.TARGET: ("target", "অধিগৃহীত প্রতিষ্ঠান"),
    Role.PARTNER: ("partner", "অংশীদার"),
    Role.GUARANTOR: ("guarantor", "জামিনদার"),
    Role.LESSOR: ("lessor", "ইজারাদাতা"),
    Role.LESSEE: ("lessee", "ইজারাগ্রহীতা"),
    Role.ISSUER: ("issuer", "শেয়ার ইস্যুকারী"),
    Role.HOLDER: ("holder", "শেয়ার বা ওয়ারেন্টের মালিক"),
}
_SECTORS = {
    Sector.AI_LAB: ("AI lab", "এআই ল্যাব"),
    Sector.CHIPMAKER: ("chipmaker", "চিপ নির্মাতা"),
    Sector.CUSTOM_CHIP_DESIGNER: ("custom-chip designer", "নিজস্ব চিপের নকশাকার"),
    Sector.FOUNDRY: ("chip foundry", "চিপ উৎপাদক"),
    Sector.MEMORY_MAKER: ("memory maker", "মেমোরি নির্মাতা"),
    Sector.CLOUD_PROVIDER: ("cloud provider", "ক্লাউড সেবাদাতা"),
    Sector.NEOCLOUD: ("neocloud", "নিওক্লাউড"),
    Sector.SERVER_MAKER: ("server maker", "সার্ভার নির্মাতা"),
    Sector.DATA_CENTER_OPERATOR: ("data-centre operator", "ডেটা সেন্টার পরিচালক"),
    Sector.INVESTOR: ("investor", "বিনিয়োগ প্রতিষ্ঠান"),
    Sector.SOVEREIGN_FUND: ("sovereign fund", "রাষ্ট্রীয় তহবিল"),
    Sector.BANK: ("bank", "ব্যাংক"),
    Sector.SOFTWARE: ("software company", "সফটওয়্যার কোম্পানি"),
    Sector.TELECOM: ("telecom company", "টেলিকম কোম্পানি"),
    Sector.ENERGY: ("energy company", "বিদ্যুৎ কোম্পানি"),
    Sector.CONSUMER_TECH: ("consumer technology company", "ভোক্তা প্রযুক্তি কোম্পানি"),
    Sector.MEDIA: ("media company", "গণমাধ্যম কোম্পানি"),
    Sector.GOVERNMENT: ("government", "সরকার"),
    Sector.OTHER: ("other company", "অন্য প্রতিষ্ঠান"),
}
_KINDS = {
    AmountKind.INVESTMENT: ("investment", "বিনিয়োগ"),
    AmountKind.CONTRACT: ("contract value", "চুক্তিমূল্য"),
    AmountKind.PRICE: ("price", "ক্রয়মূল্য"),
    AmountKind.FINANCING: ("financing", "ঋণ ও অর্থায়ন"),
    AmountKind.GUARANTEE: ("guarantee", "গ্যারান্টি"),
    AmountKind.PROGRAMME: ("planned programme", "পরিকল্পিত ব্যয়"),
    AmountKind.PER_YEAR: ("annual sum", "বার্ষিক অঙ্ক"),
    AmountKind.OPTION: ("option", "ঐচ্ছিক অঙ্ক"),
    AmountKind.STOCK_ISSUE: ("stock issue", "নগদহীন শেয়ার হস্তান্তর"),
}
_FLOWS = {
    FlowKind.CASH: ("cash", "নগদ অর্থ"),
    FlowKind.DEBT: ("loans", "ঋণ"),
    FlowKind.EQUITY: ("shares", "শেয়ার"),
    FlowKind.COMPUTE: ("computing capacity", "কম্পিউটিং সক্ষমতা"),
    FlowKind.CHIPS: ("chips", "চিপ"),
    FlowKind.GOODS: ("goods", "পণ্য"),
    FlowKind.ENERGY: ("energy", "বিদ্যুৎ"),
    FlowKind.LICENSE: ("licences", "লাইসেন্স"),
    FlowKind.SERVICES: ("services", "সেবা"),
    FlowKind.GUARANTEE: ("guarantees", "গ্যারান্টি"),
}
_QUALIFIERS = {
    Qualifier.EXACT: ("", ""),
    Qualifier.UP_TO: ("up to ", "সর্বোচ্চ "),
    Qualifier.ABOUT: ("about ", "প্রায় "),
    Qualifier.AT_LEAST: ("at least ", "কমপক্ষে "),
}
_LABELS: dict[str, dict[str, tuple[str, str]]] = {
    kind.__name__: {str(member): words for member, words in table.items()}
    for kind, table in (
        (DealType, _TYPES), (Status, _STATUSES), (Role, _ROLES), (Sector, _SECTORS), (AmountKind, _KINDS), (FlowKind, _FLOWS),
    )
}  # fmt: skip


def label(value: Labelled, language: Language) -> str:
    """Return the words for a member of a closed set."""
    return _LABELS[type(value).__name__][value][language == "bn"]


def qualified(qualifier: Qualifier | None, figure: str, language: Language) -> str:
    """Put "up to", "about" or "at least" before a written figure; exact and unknown add nothing."""
    return (_QUALIFIERS[qualifier][language == "bn"] if qualifier else "") + figure

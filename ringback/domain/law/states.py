"""The states of the US: their names, time zones and postcodes, and which state an area code belongs to."""

import re

from phonenumbers import PhoneNumber

_E, _C, _M, _P = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"

# Code: name, and every zone that a part of the state keeps (49 CFR part 71).
STATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "AL": ("Alabama", (_C,)),
    "AK": ("Alaska", ("America/Anchorage", "America/Adak")),
    "AZ": ("Arizona", ("America/Phoenix",)),
    "AR": ("Arkansas", (_C,)),
    "CA": ("California", (_P,)),
    "CO": ("Colorado", (_M,)),
    "CT": ("Connecticut", (_E,)),
    "DC": ("District of Columbia", (_E,)),
    "DE": ("Delaware", (_E,)),
    "FL": ("Florida", (_E, _C)),
    "GA": ("Georgia", (_E,)),
    "HI": ("Hawaii", ("Pacific/Honolulu",)),
    "IA": ("Iowa", (_C,)),
    "ID": ("Idaho", (_M, _P)),
    "IL": ("Illinois", (_C,)),
    "IN": ("Indiana", (_E, _C)),
    "KS": ("Kansas", (_C, _M)),
    "KY": ("Kentucky", (_E, _C)),
    "LA": ("Louisiana", (_C,)),
    "MA": ("Massachusetts", (_E,)),
    "MD": ("Maryland", (_E,)),
    "ME": ("Maine", (_E,)),
    "MI": ("Michigan", (_E, _C)),
    "MN": ("Minnesota", (_C,)),
    "MO": ("Missouri", (_C,)),
    "MS": ("Mississippi", (_C,)),
    "MT": ("Montana", (_M,)),
    "NC": ("North Carolina", (_E,)),
    "ND": ("North Dakota", (_C, _M)),
    "NE": ("Nebraska", (_C, _M)),
    "NH": ("New Hampshire", (_E,)),
    "NJ": ("New Jersey", (_E,)),
    "NM": ("New Mexico", (_M,)),
    "NV": ("Nevada", (_P,)),
    "NY": ("New York", (_E,)),
    "OH": ("Ohio", (_E,)),
    "OK": ("Oklahoma", (_C,)),
    "OR": ("Oregon", (_P, _M)),
    "PA": ("Pennsylvania", (_E,)),
    "RI": ("Rhode Island", (_E,)),
    "SC": ("South Carolina", (_E,)),
    "SD": ("South Dakota", (_C, _M)),
    "TN": ("Tennessee", (_E, _C)),
    "TX": ("Texas", (_C, _M)),
    "UT": ("Utah", (_M,)),
    "VA": ("Virginia", (_E,)),
    "VT": ("Vermont", (_E,)),
    "WA": ("Washington", (_P,)),
    "WI": ("Wisconsin", (_C,)),
    "WV": ("West Virginia", (_E,)),
    "WY": ("Wyoming", (_M,)),
}

# The first three digits of a ZIP code, first to last (USPS labeling list L002); what is missing is no state.
_ZIPS = (
    "005 NY,010-027 MA,028-029 RI,030-038 NH,039-049 ME,050-054 VT,055 MA,056-059 VT,060-062 CT,063 CT NY,064-069 CT,"
    "070-089 NJ,100-149 NY,150-196 PA,197-199 DE,200 DC,201 VA,202-205 DC,206-219 MD,220-246 VA,247-268 WV,270-289 NC,"
    "290-299 SC,300-319 GA,320-339 FL,341-349 FL,350-369 AL,370-385 TN,386-397 MS,398-399 GA,400-427 KY,430-459 OH,"
    "460-479 IN,480-499 MI,500-528 IA,530-549 WI,550-567 MN,569 DC,570-577 SD,580-588 ND,590-599 MT,600-629 IL,"
    "630-658 MO,660-679 KS,680-693 NE,700-714 LA,716-729 AR,730-732 OK,733 TX,734-749 OK,750-799 TX,800-816 CO,"
    "820-831 WY,832-838 ID,840-847 UT,850-865 AZ,870-884 NM,885 TX,889-898 NV,900-961 CA,967-968 HI,970-979 OR,"
    "980-994 WA,995-999 AK"
)

# Which area codes lie in which state: what the number plan's own data says (`phonenumbers.geocoder`), a test compares.
# That data itself takes 100 MB of memory, which no process of ours should carry for a two-letter word.
_AREA_CODES = (
    "AK 907,AL 205 251 256 334 659 938,AR 327 479 501 870,AZ 480 520 602 623 928,CA 209 213 279 310 323 341 "
    "350 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 747 760 805 818 820 831 "
    "840 858 909 916 925 949 951,CO 303 719 720 748 970 983,CT 203 475 860 959,DC 202 771,DE 302,FL 239 305 "
    "321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954,GA 229 404 470 478 "
    "678 706 762 770 912 943,HI 808,IA 319 515 563 641 712,ID 208 986,IL 217 224 309 312 331 447 464 618 630 "
    "708 730 773 779 815 847 872,IN 219 260 317 463 574 765 812 930,KS 316 620 785 913,KY 270 364 502 606 "
    "859,LA 225 318 337 504 985,MA 339 351 413 508 617 774 781 857 978,MD 227 240 301 410 443 667,ME 207,MI "
    "231 248 269 313 517 586 616 734 810 906 947 989,MN 218 320 507 612 651 763 952,MO 235 314 417 557 573 "
    "636 660 816 975,MS 228 601 662 769,MT 406,NC 252 336 472 704 743 828 910 919 980 984,ND 701,NE 308 402 "
    "531,NH 603,NJ 201 551 609 640 732 848 856 862 908 973,NM 505 575,NV 702 725 775,NY 212 315 329 332 347 "
    "363 516 518 585 607 631 646 680 716 718 838 845 914 917 929 934,OH 216 220 234 283 326 330 380 419 440 "
    "513 567 614 740 937,OK 405 539 572 580 918,OR 458 503 541 971,PA 215 223 267 272 412 445 484 570 582 610 "
    "717 724 814 835 878,RI 401,SC 803 821 839 843 854 864,SD 605,TN 423 615 629 731 865 901 931,TX 210 214 "
    "254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 940 945 956 972 "
    "979,UT 385 435 801,VA 276 434 540 571 686 703 757 804 826 948,VT 802,WA 206 253 360 425 509 564,WI 262 "
    "274 353 414 534 608 715 920,WV 304 681,WY 307"
)

# Area codes whose parts keep different time zones, or of which the number plan's data knows only one.
_STRADDLING = frozenset(
    "208 219 270 308 364 423 448 458 541 574 605 620 689 701 785 812 850 906 930 931 986".split(),
)
# ZIP prefixes of the two large states whose parts keep different time, where the prefix tells which.
_ONE_CLOCK = {
    "FL": (("320", "323", _E), ("324", "325", _C), ("326", "349", _E)),
    "TX": (("750", "797", _C), ("798", "799", _M), ("885", "885", _M)),
}
_FIVE_DIGITS = re.compile(r"(?<!\d)(\d{5})(?:-\d{4})?(?!\d)")
_STATE_OF = {code: entry[:2] for entry in _AREA_CODES.split(",") for code in entry[3:].split()}


def state_of_number(number: PhoneNumber) -> tuple[str, tuple[str, ...]] | None:
    """Return the state of a +1 number by its area code, and the state's zones where the code straddles a border."""
    area_code = str(number.national_number)[:3]
    state = _STATE_OF.get(area_code)
    if number.country_code != 1 or state is None:
        return None
    return state, STATES[state][1] if area_code in _STRADDLING else ()


def states_of_address(address: str) -> tuple[str, ...]:
    """Return the states an address may be in: by its ZIP code, else by the letters at its end; none where it says none.

    A prefix that two states share gives both.
    """
    code = _zip_of(address)
    if code is not None:
        return _states_of_zip(code)
    letters = re.search(r",\s*([A-Z]{2})\.?\s*(?:,?\s*USA?)?\s*$", address)
    return (letters.group(1),) if letters and letters.group(1) in STATES else ()


def zones_of_address(address: str, state: str) -> tuple[str, ...]:
    """Return the zones an address of a state may be in: one where its ZIP code tells, else all of the state's."""
    prefix = (_zip_of(address) or "")[:3]
    found = [zone for first, last, zone in _ONE_CLOCK.get(state, ()) if first <= prefix <= last]
    return tuple(found) or STATES[state][1]


def _zip_of(address: str) -> str | None:
    # The last one counts.
    found = [five[1] for five in _FIVE_DIGITS.finditer(address) if not _begins_a_street(address, five)]
    return found[-1] if found else None


def _begins_a_street(address: str, five: re.Match[str]) -> bool:
    """Return whether the digits are a house: "Unit 2, 20500 Ventura Boulevard", but not "Miami FL 33139 side door"."""
    is_before_a_word = re.match(r"\s+(?!USA?\b)\w", address[five.end() :]) is not None
    before = re.search(r"\b([A-Z]{2})\.?,?\s+$", address[: five.start()])
    return is_before_a_word and (before is None or before[1] not in STATES)


def _states_of_zip(code: str) -> tuple[str, ...]:
    for entry in _ZIPS.split(","):
        span, *states = entry.split()
        first, _, last = span.partition("-")
        if first <= code[:3] <= (last or first):
            return tuple(states)
    return ()

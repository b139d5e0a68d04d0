"""The script in English. Kind, short, plain; one question at a time; never a promise that the code does not keep."""

LINES = {
    # Opening
    "greeting": "Hi, this is {business}. What can we help you with?",
    "automated": "I'm the automated assistant of {business}.",
    "are_you_a_bot": (
        "I'm {business}'s automated assistant. I can answer questions and book visits; "
        "if you'd rather have a person, just say so."
    ),
    # What is needed
    "which_service": "What do you need? For example: {examples}.",
    "which_service_again": "Which of these is it: {examples}?",
    "can_help": "We can help with that.",
    "what_next": "Would you like to book a visit, or should someone call you?",
    # Time
    "when": "What day and time would suit you?",
    "which_time": "What time on {day} suits you?",
    "which_half": "Is that {time} in the morning or in the afternoon?",
    "offer_two": "We have {choices}. Which suits you? You can also name another time.",
    "offer_one": "We have {choices}. Does that suit you? You can also name another time.",
    "offer_instead_two": "{wanted} isn't free, sorry. The nearest are {choices}. Does one suit you?",
    "offer_instead_one": "{wanted} isn't free, sorry. The nearest is {choices}. Does that suit you?",
    "offer_near_two": "Nothing is free then, sorry. The nearest are {choices}. Does one suit you?",
    "offer_near_one": "Nothing is free then, sorry. The nearest is {choices}. Does that suit you?",
    "offer_again": "Which one: {choices}?",
    "one_at_a_time": "I book one visit at a time, so let's start with the first.",
    "next_one": "For the next one, just text me a day and time.",
    "service_change": "I've asked the team to change that visit. Someone will text you here.",
    "go_ahead": "Sure, what would you like to know?",
    "noted_for_visit": "Thanks, I've passed that to the team.",
    "offer_numbered": "To be sure which one, is it {choices}?",
    "not_with": "{person} doesn't do {what}, sorry.",
    "just_taken": "Sorry, that time was taken just now.",
    "no_opening": "I can't find a free time for that, sorry. Shall I put you on the waiting list?",
    "no_more": "I have no other times near that, sorry. Which other day or time would suit you?",
    "which_part": "Which suits you better: morning, afternoon or evening? Another day is fine too.",
    "past": "That time has already passed. Which day and time would suit you?",
    "waiting_list": "You're on the waiting list. We'll text you when something opens up.",
    # Details
    "ask_name": "What name should I put it under?",
    "ask_name_again": "Sorry, what's the name for the booking?",
    "ask_address": "What's the address for the visit?",
    "ask_address_again": "Sorry, I need the street and number for the visit. What's the address?",
    "ask_again": "Sorry, I didn't get that. {question}",
    "plain": "{words}",
    "unserved": "Sorry, we don't come to that area.",
    "unfit": "Sorry, that's not something we can take on.",
    "not_ours": "Sorry, we don't do that kind of work.",
    "person_decides": "I'll have a person look at that and get back to you.",
    # Read-back and booking
    # Ends in a question that "yes" answers, and names nothing that is not in the booking.
    "read_back": "To confirm: {what}, {start}{extra}. Shall I book it?",
    "read_back_move": "To confirm: move your {what} from {old} to {start}{extra}. Shall I do that?",
    "read_back_again": "Shall I book {what}, {start}{extra}? Yes or no is fine.",
    "what_else": "No problem. What should I change: the day, the time or something else?",
    "with": " with {person}",
    "at_place": ", at {address}",
    "under": ", for {name}",
    "booked": "You're booked: {what}, {start}{extra}. To change it, just text us here.",
    "moved": "Done. Your {what} is now {start}{extra}.",
    "see_you": "Thanks, we'll see you {start}.",
    "your_booking": "You have {what}, {start}{extra}.",
    # Changing and cancelling
    "no_booking": "I can't find a booking to come under this number. A person will check and text you.",
    "which_booking": "Which one do you mean: {choices}?",
    "move_to_when": "Sure. What day and time would suit you better than {start}?",
    # Without the word that carriers take for an opt-out (47 CFR 64.1200(a)(10) lists it).
    "cancel_read_back": "Should I take your {what} on {start} off the calendar?",
    "cancelled": "Done, your {what} on {start} is off the calendar. Text us any time for another.",
    "kept": "OK, your {what} on {start} stays as it is.",
    "late": "Thanks for telling us. I've let the team know.",
    # Questions
    "did_you_mean": "Did you mean: {choices}?",
    # Says that a person was asked, which is done in the same transaction.
    "unknown": "I don't know that one. I've passed your question to the team, and someone will text you.",
    "want_time": "Would you like a time for it?",
    # People
    "hand_over_open": "I'm passing this to the team. Someone will text you here.",
    "hand_over_closed": "I'm passing this to the team. We open {opens}, and someone will text you here.",
    "angry": "I'm sorry about this. I'm passing it to a person now, who will get back to you here.",
    # The due time is what the owner set, counted in opening hours.
    "call_back": "Someone will call you at this number by {due}.",
    "quote": "Thanks. The team has what it needs for your quote and will text you here.",
    "ask_quote": "To quote that we need a few words on the job. What should be done?",
    "picture": "Thanks for the picture. I've passed it to the team.",
    "message_taken": "Thanks, I've noted that for the team.",
    # Emergencies
    "alerted": "I'm alerting our on-call person right now; we'll tell you here who comes.",
    # The price is the service's own; it must be agreed to before anybody is sent.
    "fee": "An emergency visit is {price}{note}. Shall we send someone?",
    "fee_agreed": "Thank you. I've told our on-call person; you'll hear here who comes.",
    "fee_declined": "Understood, nobody is sent for now. A person will text you about what else we can do.",
    "emergency_address": "What's the address?",
    "told_team": "Thanks, I've passed that to our on-call person.",
    # Ends
    "welcome": "You're welcome!",
    "abandoned": "OK, I've let that go. Text us here any time.",
    "no_problem": "No problem. Text us here any time.",
    "wrong_number": "Sorry about that! We won't text you again.",
    # Silence
    "still_there_choice": "Still looking for a time? We had {choices}. Just text us what suits you.",
    "still_there_read_back": "Shall I still book {what}, {start}? Just say yes.",
    "still_there": "Can we still help? Just text us here and we'll carry on.",
}

"""What callers ask any business about: notions and the words for them, English and Spanish side by side."""

# A notion is a lower-case name, a colon, then every way to say it; "_" joins the words of a phrase. A word may stand
# under several notions. The first part is what goes right and wrong with money, things and accounts; the second what
# people ask a shop, a practice or a tradesman.
EVERYDAY = """
arrive: arrive arrival arriving come came deliver delivery receive received show_up turn_up reach here landed get_here
  delivered track tracking on_its_way whereabouts where_is_my appear appeared available reflect post posted llegar
  llega llegan llegado recibir recibido
send: send sent mail mailed ship shipping post posted dispatch issue issued enviar envian mandar
wait: wait waiting awaiting delayed delay late still yet slow ages forever long_time too_long taking hold
howlong: how_long how_soon how_fast how_quickly how_quick when_will when_do when_does when_is when_can when_should
  time_frame timeframe wait_time how_many_days estimate take_to takes_to how_much_time what_time turnaround eta days
  hours day week weeks hour month usually when how_many_hours take_long until cuanto_tiempo cuanto_tarda cuanto_dura
  cuanto_demora duracion tarda dura demora
fail: fail failed failing failure not_work not_working doesnt_work wont_work not_function nonfunctional broken broke
  error stopped not_go_through not_gone_through not_went_through not_complete not_completed unsuccessful not_went
  malfunction dead down glitch fails keeps_failing not_go_thru not_let_me
trouble: problem issue trouble wrong_with difficulty difficulties
unable: unable cannot not_able couldnt impossible not_let wont_let not_allow can_not having_trouble keeps_failing
decline: decline declined reject rejected refuse refused deny denied not_accept not_accepted turned_down bounce
  bounced blocked declining rejecting not_go_thru
revert: revert reverted reverse reversed returned undone came_back sent_back reversal disappeared cancelled canceled
  cancel
charge: charge charged fee fees bill billed cost costs price pricing commission expense expensive pay_extra deducted
  how_much cuanto cuanta cuanto_cuesta cuesta cuestan costo coste precio precios cobran cobra tarifa tarifas vale
  valen afford rate
extra: extra additional more another added surcharge
wrong: wrong incorrect incorrectly mistake not_right not_correct inaccurate erroneous bad off messed mistaken
  different too_low too_high too_much exorbitant unfair not_match
notmine: not_make not_made not_recognise not_recognize not_do not_mine unfamiliar strange unknown unrecognized weird
  not_remember unauthorized suspicious fraud fraudulent fraudulently not_authorize someone_else somebody hacked
  without_permission not_familiar not_set_up unexpected random not_buy not_purchase not_withdraw not_know_about
  not_authorized not_approve not_aware never compromised
twice: twice double doubled two_times duplicate duplicated multiple_times repeated second_time
lost: lost lose losing misplaced missing not_find cant_find left
stolen: stolen stole steal theft robbed mugged thief took police report_stolen burglar
closeaccount: close delete terminate deactivate remove end stop leave quit closing cancel_my cancel_account
change: change changing edit update modify switch replace reset alter correct cambiar cambio
limit: limit limits max maximum how_many restriction restrictions restricted cap most limitation limited allowed
  several multiple how_much_can amount
pending: pending stuck processing process processed clear cleared in_progress unprocessed complete finished waiting
  still hold
verify: verify verification verifying verified check checks proof prove validate authenticate confirm confirmation
  proving
identity: identity id identification identify passport documents document who_i_am
atm: atm atms cash_machine cashpoint teller_machine teller machine
withdraw: withdraw withdrawal withdrawn withdrew withdrawing withdrawals take_out took_out taking_out get_cash pull
  pulled pulling wd cash_out taken_out drew draw got_cash getting_cash get_money money_out
transfer: transfer transferred transferring transfers wire wired
topup: top_up topping_up topped_up top_ups topup topped topping top_off topping_off topped_off load loading reload
  add_money adding_money add_funds put_money money_in top_it_up add_to
pay: pay paid payment payments paying purchase purchased purchases purchasing buy bought buying shop shopping spend
  spent transaction transactions order ordered pagar pago pagos paga
shop: store shop merchant seller restaurant grocery shops stores vendor retailer shopping
item: item product package goods thing items purchase something order bought
currency: currency currencies fiat euro euros eur dollar dollars usd gbp pound pounds aud yen money_types
foreign: foreign abroad overseas international travel travelling traveling vacation holiday trip country countries
  another_country world
country: country countries europe european eu uk us usa america american china states world worldwide location
  locations where
rate: rate rates conversion
exchange: exchange exchanging exchanges exchanged convert conversion swap swapped swapping change_to
  change_into
cashnote: cash cheque check cheques checks notes efectivo
money: money cash fund funds amount dinero
refund: refund refunded refunds money_back reimburse reimbursement give_back get_back return reembolso devolucion
  devolver
card: card cards debit_card credit_card tarjeta tarjetas
virtual: virtual online digital
disposable: disposable one_time temporary single_use throwaway
physical: physical actual plastic real
spare: spare second additional another two extra more multiple several
neworder: order get obtain request apply new replacement reorder acquire buy receive purchase have
pin: pin pins pin_number
code: code passcode password pass_code
forget: forget forgot forgotten not_remember not_know remember reset recover retrieve retrieval no_longer_know unaware
unblock: unblock blocked unlock locked unfreeze too_many_times too_many tries attempts incorrectly wrong_pin
activate: activate activated activation activating enable enabled turn_on start_using
reactivate: reactivate put_back link linked linking connect connected found old_card find back
expire: expire expires expiring expiration expired expiry about_to_expire runs_out
swallow: swallow swallowed ate eat eaten kept keep retained retain sucked stuck_in
accept: aceptan acepta aceptar toman accept accepts accepted acceptance take support supported works work use
where: where place places anywhere which_stores locations location area nearest near closest find how_far miles_away
  donde
contactless: contactless tap nfc wireless
age: age old young child children kid kids son daughter grandson grandchild teen teenager minor year_old years_old
  under_18 family seventeen sixteen teenage younger older
phonething: phone mobile cell cellphone iphone device
applepay: apple apple_pay google google_pay watch android samsung wallet
auto: automatic automatically auto auto_top recurring
limitlow: low minimum balance_low runs_low certain_amount
balance: balance account_balance statement
statement: statement statements app history list balance showing shows see
friend: friend recipient someone beneficiary person somebody other_person receiver family others receipient recipients
  friends
beneficiary: beneficiary beneficiaries payee another_account to_account
salary: salary wage paycheck paid_in income wages
person_details: details address name personal information info moved marriage married profile phone_number number
origin: source origin where_money_from come_from came_from came comes_from coming_from get_from
standingorder: direct_debit standing_order debit
swift: swift sepa
bank: bank bank_account
why: why reason explain explanation what_is_the_reason how_come what_caused whats_going_on
  understand por_que porque
howto: how_do how_can how_to steps process procedure way instructions go_about what_do_i_do
need: need required require requires must necessary needed have_to requirement
what: what_is what_are what_does mean
cancl: cancel cancelled canceled cancelling revert undo stop cancelar cancelacion anular
mastercard: mastercard visa master american_express amex
full: partial full less lower not_enough short only incorrect_amount wrong_amount amount different_amount smaller
discount: discount cheaper deal bulk
park: park parking parked garage lot space valet estacionamiento estacionar aparcar aparcamiento parqueo cochera
hours: hours open opening opens close closes closing closed times_open horario horarios abren abre abierto abiertos
  cierran cierra cerrado cerrados
weekend: weekend weekends saturday saturdays sunday sundays sabado sabados domingo domingos finde fin_semana
evening: evening evenings after_work late_hours after_hours night noche tarde_noche
holiday: holiday holidays christmas thanksgiving easter festivo festivos feriado feriados navidad
insurance: insurance insured insurer coverage cover covered covers dental_plan hmo ppo delta_dental medicaid medicare
  in_network seguro seguros aseguranza aseguradora mutua cobertura
finance: financing finance finances installments installment payment_plan payment_plans pay_over_time pay_monthly
  monthly klarna affirm financiamiento financiacion financiar plazos cuotas mensualidades
creditpay: credit_card credit_cards debit_card amex venmo zelle paypal cash_or_card accept_cards take_cards
  pay_by_card pay_card pay_cash card_payments bizum transferencia tarjeta tarjetas efectivo pagar_tarjeta
discount: discount discounts coupon coupons promo promotion special specials deal deals senior seniors veteran
  veterans military student students offer descuento descuentos oferta ofertas promocion cupon jubilados
warranty: warranty warranties guarantee guaranteed guarantees stand_behind garantia garantias
licensed: license licensed licence certified certification bonded insured_bonded qualified accredited licencia
  certificado certificados titulado
estimate: estimates quote quotes bid ballpark presupuesto presupuestos cotizacion cotizar estimado
free: free no_charge complimentary gratis gratuito gratuita
walkin: walk_in walk_ins walkin walkins without_appointment without_an_appointment no_appointment drop_in just_show
  need_appointment need_an_appointment sin_cita
newclient: new_patient new_patients new_client new_clients new_customer new_customers accepting taking_new
  paciente_nuevo pacientes_nuevos cliente_nuevo clientes_nuevos nuevos
bring: bring bringing documents paperwork forms form fill_out first_visit traer llevar documentos papeles formulario
  primera_visita primera_vez
kids: kid kids child children toddler baby pediatric infant nino ninos nina hijo hijos bebe infantil
access: wheelchair accessible accessibility ramp elevator stairs disabled handicap silla_ruedas accesible ascensor
  rampa discapacitados
speak: speak language spanish english interpreter translator bilingual habla hablan espanol ingles idioma idiomas
cancelpolicy: cancellation_policy cancel_fee no_show late_cancel miss_appointment missed_appointment
  cancel_appointment cancelacion
deposit: deposit deposits down_payment upfront prepay advance anticipo deposito senal adelanto
gift: gift gifts gift_card gift_cards gift_certificate voucher vouchers regalo tarjeta_regalo bono vale_regalo
tip: tip tips tipping gratuity propina propinas
callout: call_out callout service_call trip_charge service_fee diagnostic diagnostic_fee visit_fee dispatch_fee
  come_out desplazamiento visita_tecnica
emergencyword: emergency emergencies urgent same_day right_away asap emergencia emergencias urgencia urgencias urgente
area: area areas serve service_area cover_area come_to travel_to far_out radius neighborhood town towns zona zonas
  barrio llegan_a cubren
locate: located location address directions find_you where_are_you direccion ubicacion ubicados estan_ubicados
  como_llegar queda
email: email e_mail mail_address correo correo_electronico
website: website web site online_booking pagina sitio_web
wifi: wifi wi_fi internet
restroom: restroom bathroom bathrooms toilet_customers aseo aseos
brand: brand brands manufacturer marca marcas productos
parts: spare_part spare_parts supplies materials repuestos piezas materiales
sedation: sedation sedate anesthesia numb nervous anxious afraid anxiety scared nitrous laughing_gas sedacion
  anestesia miedo nervioso
pain: pain hurt hurts painful sore ache dolor duele doloroso
safe: safe safety toxic chemicals eco_friendly green seguro_para toxico
experience: experience years_in_business how_long_have_you since reviews references experiencia anos_experiencia
owner_staff: owner who_works team technician technicians stylist dentist doctor dueno tecnico
pickup: pick_up pickup drop_off dropoff deliver delivery loaner shuttle ride recoger recogida entrega
wait_room: waiting_room wait_inside waiting_area sala_espera
covid: mask masks vaccinated covid mascarilla
prescription: prescription prescriptions refill refills pharmacy receta recetas
record: medical_records transfer_records history_file historial expediente
recycle: haul_away old_unit dispose dispose_of recycle take_away retirar
invoice: invoice receipt receipts bill_me factura recibo facturas
weather: rain snow weather lluvia nieve
age_adult: over_60 adult adults age edad
result: test_results lab_results resultados
job: hiring hire job jobs career careers apply_job work_for_you trabajo empleo contratando
reschedulepolicy: reschedule move_appointment change_appointment reprogramar cambiar_cita
remind: reminder reminders recordatorio
before: before_appointment prepare preparation eat_before antes_cita
after: aftercare after_treatment recover recovery care_after cuidados despues_tratamiento
"""

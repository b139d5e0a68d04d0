"""What service trades do and what they do it to, one notion a line, with the Spanish words beside the English."""

# A notion is a lower-case name, a colon, then every way to say it; "_" joins the words of a phrase.
TRADES = """
clean: clean cleaning cleanings cleaned hygiene hygienist prophylaxis scale scaling polish limpieza limpiar limpiezas
whiten: whiten whitening bleach bleaching whiter blanqueamiento blanquear
filling: filling fillings cavity cavities caries empaste empastes relleno
crown: crown crowns corona coronas
rootcanal: root_canal root_canals endodontic endodontics endodoncia tratamiento_conducto
extract: extraction extractions extract pull_tooth tooth_pulled teeth_pulled wisdom extraccion extraer muela_juicio
implant: implant implants implante implantes
braces: braces brace invisalign aligner aligners orthodontic orthodontics orthodontist ortodoncia brackets frenos
denture: denture dentures dentadura protesis
checkup: checkup check_up checkups exam exams examination physical annual_exam wellness chequeo revision revisiones
  examen
xray: xray xrays x_ray x_rays radiografia radiografias
toothache: toothache tooth_ache tooth_hurt teeth_hurt tooth_pain dolor_muela dolor_diente duele_muela duele_diente
tooth: tooth teeth muela muelas diente dientes dental
gum: gum gums encia encias periodontal
haircut: haircut haircuts hair_cut trim trims fade cut_hair corte cortar corte_pelo corte_cabello pelo
colour: color colour coloring highlights highlight balayage tint dye dyed roots mechas tinte teñir color_pelo
blowdry: blowout blow_dry blowdry styling updo peinado secado brushing
shave: shave shaves beard barba afeitado afeitar
manicure: manicure manicures nails nail gel mani manicura unas_gel
pedicure: pedicure pedicures pedi pedicura
wax: wax waxing brazilian depilacion cera depilar
facial: facial facials peel microneedling hydrafacial limpieza_facial
massage: massage massages deep_tissue masaje masajes
botox: botox filler fillers injectable injectables
lash: lash lashes brow brows eyebrow eyebrows pestanas cejas
drain: drain drains clog clogs clogged unclog blockage backed_up slow_drain snake sewer desague desatasco desatascar
  atasco atascado tapado destapar drenaje
leak: leak leaks leaking leaky drip drips dripping fuga fugas gotea goteo goteando gotera
toilet: toilet toilets commode loo bano inodoro retrete wc
faucet: faucet faucets tap taps spigot grifo grifos llave
pipe: pipe pipes piping tuberia tuberias tubo tubos caneria
waterheater: water_heater water_heaters hot_water boiler tankless no_hot_water calentador calentadores caldera
  agua_caliente termo
sink: sink sinks basin fregadero lavabo
shower: shower showers bathtub tub ducha banera regadera
garbagedisposal: disposal garbage_disposal disposer triturador
sump: sump sump_pump pump bomba
furnace: furnace furnaces heater heating heat no_heat radiator calefaccion calefactor
aircon: ac a_c air_conditioner air_conditioning air_con cooling hvac no_cooling aire_acondicionado aire minisplit
tuneup: tune_up tuneup tune_ups tune maintenance servicing mantenimiento afinacion puesta_punto
install: install installs installation installing installed put_in fit fitting instalar instalacion
repair: repair repairs repairing fix fixes fixing fixed mend broken reparar reparacion reparaciones arreglar arreglo
  roto averia
replacework: replace replacing replacement replaced swap_out cambiar reemplazar reemplazo sustituir
inspect: inspect inspection inspections inspector inspeccion inspeccionar
thermostat: thermostat thermostats termostato
duct: duct ducts ductwork vents conductos
wiring: wiring wire rewire outlet outlets socket breaker panel electrical electrician electricidad enchufe cableado
light: light lights lighting fixture lamp luz luces lampara
lock: lock locks locked_out lockout rekey key keys cerradura cerraduras llave_perdida
roof: roof roofs roofing shingle shingles gutter gutters techo tejado canalon
paint: paint painting painter repaint pintar pintura
lawn: lawn grass mow mowing yard landscaping hedge cesped jardin jardineria
tree: tree trees stump arbol arboles poda
pest: pest pests bug bugs roach roaches ants termite termites rodent rodents mice mouse rats bedbug bedbugs wasps
  exterminator plaga plagas cucarachas hormigas ratones chinches fumigar
oil: oil oil_change aceite cambio_aceite
brake: brake brakes braking frenos_coche frenos pastillas
tire: tire tires tyre tyres flat_tire puncture wheel llanta llantas neumatico neumaticos rueda
battery: battery batteries jump_start jumpstart bateria
tow: tow towing towed grua remolque remolcar
engine: engine check_engine motor
car: car cars vehicle truck van auto_repair coche carro auto vehiculo
windshield: windshield windscreen glass parabrisas cristal
detailwork: detail detailing car_wash lavado_coche
vaccine: vaccine vaccines vaccination vaccinations shot shots rabies vacuna vacunas vacunar
spay: spay neuter neutering spayed neutered esterilizar castrar esterilizacion
dog: dog dogs puppy puppies perro perros perra cachorro
cat: cat cats kitten kittens gato gatos gata
pet: pet pets animal animals mascota mascotas
groom: groom grooming groomer bano_perro peluqueria_canina
will: will wills estate trust testament probate testamento herencia
divorce: divorce custody divorcio custodia
injury: injury injuries accident accidents crash accidente lesion
immigration: immigration visa_application green_card inmigracion migratorio
consult: consult consultation consultations consults assessment evaluation consulta asesoria evaluacion valoracion
house: house home homes property apartment condo casa hogar piso_casa vivienda
moving: moving movers mover mudanza
photo: photo photos photography photographer fotos
lesson: lesson lessons class classes course clase clases leccion
"""

/** Openings of the paragraphs that offices and virus scanners hang below a mail. */
export const disclaimerOpenings: RegExp[] = [
  /^\W{0,6}(?:aviso|nota|cl[áa]usula|advertencia|importante)?\W{0,3}(?:de |legal de |sobre )?(?:la )?(?:confidencialidad|privacidad y confidencialidad)\b/iu,
  /^\W{0,6}aviso (?:legal|de privacidad|importante)\b/iu,
  /^\W{0,6}(?:legal )?(?:confidentiality|disclaimer|privileged and confidential|confidential(?:ity)? (?:notice|note|and|communication))\b/iu,
  /^\W{0,6}(?:este|el presente|esta|la presente) (?:mensaje|correo|e-?mail|comunicaci[óo]n|transmisi[óo]n)\b.{0,120}(?:confidencial|destinatari|privilegiad|reservad|uso exclusivo)/isu,
  /^\W{0,6}la informaci[óo]n (?:contenida|incluida|transmitida|de este)\b.{0,160}(?:confidencial|destinatari|privilegiad|reservad)/isu,
  /^\W{0,6}(?:this|the information (?:contained )?in this|the contents of this) (?:e-?mail|message|communication|transmission)\b.{0,160}(?:confidential|intended (?:only |solely )?(?:for|recipient)|privileged)/isu,
  /^\W{0,6}the information (?:contained|transmitted)\b.{0,160}(?:confidential|intended|privileged)/isu,
  /^\W{0,6}(?:ce|le présent) (?:message|courriel|e-?mail)\b.{0,160}(?:confidenti|destinataire)/isu,
  /^\W{0,6}diese (?:e-?mail|nachricht)\b.{0,160}(?:vertraulich|rechtlich geschützt|adressat)/isu,
  /^\W{0,6}(?:esta|a presente) (?:mensagem|comunicação)\b.{0,160}(?:confidencia|destinat)/isu,
  /^\W{0,6}(?:questo|il presente) (?:messaggio|documento)\b.{0,160}(?:riservat|confidenzial|destinatar)/isu,
  /^\W{0,6}dit (?:bericht|e-?mailbericht)\b.{0,160}(?:vertrouwelijk|geadresseerde|bestemd)/isu,
  /^\W{0,6}(?:antes de imprimir|no imprimas? este|por favor,? (?:considere|piense)|piense en el medio ambiente|cuida(?:r|mos)? el medio ambiente|please consider the environment|before printing|think (?:before|green)|pensez à l'environnement|bitte denken sie an die umwelt)/iu,
  /^\W{0,6}(?:libre de virus|virus-free|sin virus|este (?:correo electrónico|mensaje) ha sido (?:comprobado|analizado|verificado)|this email has been (?:checked|scanned)|garanti sans virus|virenfrei|diese e-mail wurde auf viren|l'absence de virus)/iu,
  /^\W{0,6}(?:you received this (?:message|email) because you are subscribed|to unsubscribe from this (?:group|list)|has recibido este mensaje porque)/iu,
];

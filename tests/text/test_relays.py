"""What a sentence passes on that somebody told, laid down or decided."""

from __future__ import annotations

import pytest

from dedup.text import relays

RELAYED = [
    ("en", "Two men were hurt, police said."),
    ("en", "According to the council, the roof leaks."),
    ("en", "Under the measure, shops would have to ask for a card."),
    ("en", "The bill would also ban fireworks after ten."),
    ("en", "Official figures released on Monday showed that prices fell."),
    ("en", "He was sentenced to six years."),
    ("en", "The Senate voted 51-49 to adjourn."),
    ("en", "The study found that owls sleep badly near roads."),
    ("fr", "L'étude, menée sur dix ans, montre que les hiboux dorment mal."),
    ("de", "Zahlen der Behörde zeigen einen Rückgang."),
    ("es", "El informe del banco revela que sobran pisos."),
    ("it", "I dati dell'istituto mostrano un calo."),
    ("pt", "A pesquisa do instituto mostra queda nas vendas."),
    ("fr", "Le ministère a annoncé la fermeture de deux usines."),
    ("fr", "Selon le parquet, il dormait."),
    ("fr", "Elle a été mise en examen mardi."),
    ("de", "Die Straße bleibt gesperrt, teilte die Polizei mit."),
    ("de", "Nach Angaben der Feuerwehr wurde niemand verletzt."),
    ("es", "El paro subió en agosto, según el ministerio."),
    ("es", "Fue detenido en Vigo."),
    ("it", "Il comune ha reso noto che il ponte è chiuso."),
    ("pt", "A inflação caiu, segundo o instituto."),
    ("ru", "Об этом сообщили в полиции."),
    ("el", "Δύο άνθρωποι τραυματίστηκαν, ανακοίνωσε η αστυνομία."),
    ("ar", "وقالت الشرطة إن الطريق مغلق."),
    ("xx", "Selon le parquet, il dormait."),
]
OWN = [
    ("en", "Fishermen in dugouts pulled survivors from the brown water until midnight."),
    ("en", "Bill Tanner wore the brown hat of his father."),
    ("en", "Nobody had painted the houses along the quay since the war."),
    ("en", "The survey is based on numbers drawn by a machine."),
    ("fr", "La neige est tombée toute la nuit sur les toits du village."),
    ("de", "Der Bäcker heizte seinen Ofen um Mitternacht an."),
    ("es", "Nadie durmió en la plaza aquella noche."),
    ("it", "Il cane del fornaio aspettava davanti alla porta."),
    ("pt", "O padeiro acendeu o forno à meia-noite."),
    ("ru", "Соседка вынесла кота в наволочке."),
    ("xx", "Fishermen pulled survivors from the water."),
]


@pytest.mark.parametrize(("language", "sentence"), RELAYED)
def test_it_is_passed_on(language: str, sentence: str) -> None:
    assert relays(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), OWN)
def test_it_is_the_reporters_own(language: str, sentence: str) -> None:
    assert not relays(sentence, language)

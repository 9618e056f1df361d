from django.urls import path

from gongzhi.assessment.pages import appeals, findings, leagues, publications, rates, schemes

app_name = "assessment"
_HERE = "assessment"
_PUBLICATION = f"{_HERE}/publications/<int:publication_id>"
_SCHEME = f"{_HERE}/schemes/<int:scheme_id>"
_RESULT = f"{_HERE}/results/<int:result_id>"

urlpatterns = [
    path(_HERE, rates.table, name="rates"),
    path(f"{_HERE}/rates.<str:form>", rates.export, name="rates-export"),
    path(f"{_HERE}/matters", rates.matters, name="matters"),
    path(f"{_HERE}/matters.<str:form>", rates.matters_export, name="matters-export"),
    path(f"{_HERE}/definitions", rates.definitions, name="definitions"),
    path(f"{_HERE}/publications", publications.listing, name="publications"),
    path(f"{_HERE}/publications/new", publications.ask, name="ask"),
    path(_PUBLICATION, publications.one, name="publication"),
    path(f"{_PUBLICATION}/sign", publications.sign, name="sign"),
    path(f"{_PUBLICATION}/drop", publications.drop, name="drop"),
    path(f"{_PUBLICATION}/correct", publications.correct, name="correct"),
    path(f"{_PUBLICATION}/bulletin.<str:form>", publications.bulletin, name="bulletin"),
    path(f"{_PUBLICATION}/results.<str:form>", publications.export, name="results-export"),
    path(_RESULT, publications.result, name="result"),
    path(f"{_RESULT}/appeal/<int:matter_id>", appeals.file_matter, name="appeal-matter"),
    path(f"{_RESULT}/appeal-finding/<int:finding_id>", appeals.file_finding, name="appeal-finding"),
    path(f"{_HERE}/league", leagues.show, name="league"),
    path(f"{_HERE}/league.<str:form>", leagues.export, name="league-export"),
    path(f"{_HERE}/appeals", appeals.listing, name="appeals"),
    path(f"{_HERE}/appeals/<int:appeal_id>", appeals.one, name="appeal"),
    path(f"{_HERE}/appeals/<int:appeal_id>/review", appeals.review, name="review"),
    path(f"{_HERE}/appeals/<int:appeal_id>/withdraw", appeals.withdraw, name="withdraw"),
    path(f"{_HERE}/findings", findings.listing, name="findings"),
    path(f"{_HERE}/findings/new", findings.note, name="note"),
    path(f"{_HERE}/findings/<int:finding_id>/cancel", findings.cancel, name="cancel"),
    path(f"{_HERE}/schemes", schemes.listing, name="schemes"),
    path(f"{_HERE}/schemes/adopt", schemes.adopt, name="adopt"),
    path(_SCHEME, schemes.one, name="scheme"),
    path(f"{_SCHEME}/change", schemes.change, name="change-scheme"),
    path(f"{_SCHEME}/next", schemes.draft_next, name="draft-next"),
    path(f"{_SCHEME}/variant", schemes.draft_variant, name="draft-variant"),
    path(f"{_SCHEME}/delete", schemes.drop, name="drop-draft"),
    path(f"{_SCHEME}/in-force", schemes.put_in_force, name="put-in-force"),
    path(f"{_SCHEME}/preview", schemes.preview, name="preview"),
    path(f"{_SCHEME}/preview.<str:form>", schemes.preview_export, name="preview-export"),
]

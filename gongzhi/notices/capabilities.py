from enum import StrEnum


class Can(StrEnum):
    MANAGE_TEMPLATES = "notices.manage_templates"
    SEE_DELIVERIES = "notices.see_deliveries"

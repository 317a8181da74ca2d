from .enquiry import Enquiry
from .page import EnquiryPage
from .replies import Answer, Note

__all__ = ["Answer", "Enquiry", "EnquiryPage", "Note"]

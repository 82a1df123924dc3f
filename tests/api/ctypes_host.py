"""A host in Python: opens the library at run time (dlopen) and audits one file. Prints the findings' count.

  ctypes_host.py LIBRARY BANK FILE
"""
import ctypes
import sys


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int), ("line", ctypes.c_uint32), ("offset", ctypes.c_uint64),
                ("reason", ctypes.c_char * 24), ("part", ctypes.c_char * 160), ("message", ctypes.c_char * 480)]


class Info(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("abi", ctypes.c_uint32), ("name", ctypes.c_char_p),
                ("version", ctypes.c_char_p), ("licence", ctypes.c_char_p)]


class BankOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("folder", ctypes.c_char_p)]  # an older, shorter struct


class AuditOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("date", ctypes.c_char_p)]


def main():
    library, bank_folder, path = sys.argv[1:4]
    kk = ctypes.CDLL(library)
    kk.kk_plugin_describe.restype = ctypes.POINTER(Info)
    kk.kk_audit_count.restype = ctypes.c_size_t
    kk.kk_audit_count.argtypes = [ctypes.c_void_p]
    for name in ("kk_audit_free", "kk_doc_free", "kk_auditor_free", "kk_bank_free"):
        getattr(kk, name).argtypes = [ctypes.c_void_p]
        getattr(kk, name).restype = None
    info = kk.kk_plugin_describe().contents
    if info.abi != 1 or info.name != b"klimakrav":
        sys.exit("wrong library: abi %d" % info.abi)

    err = Error()
    bank, auditor, doc, audit = (ctypes.c_void_p() for _ in range(4))

    def must(status):
        if status != 0:
            sys.exit(err.message.decode())

    where = BankOptions(ctypes.sizeof(BankOptions), bank_folder.encode())
    how = AuditOptions(ctypes.sizeof(AuditOptions), b"2026-11-23")
    must(kk.kk_bank_load(ctypes.byref(bank), ctypes.byref(where), ctypes.byref(err)))
    must(kk.kk_auditor_new(ctypes.byref(auditor), bank, None, ctypes.byref(err)))
    must(kk.kk_doc_open_file(ctypes.byref(doc), path.encode(), None, ctypes.byref(err)))
    must(kk.kk_audit_run(ctypes.byref(audit), auditor, ctypes.byref(doc), ctypes.c_size_t(1),
                         ctypes.byref(how), ctypes.byref(err)))
    print(kk.kk_audit_count(audit))
    kk.kk_audit_free(audit)
    kk.kk_doc_free(doc)
    kk.kk_auditor_free(auditor)
    kk.kk_bank_free(bank)


if __name__ == "__main__":
    main()

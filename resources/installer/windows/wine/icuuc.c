/* For tests under wine 8 alone, never packed: Windows' own ICU, as one that knows no encoding. Qt asks it only for
 * encodings beyond Unicode and Latin-1, which this program never reads through Qt. */
#include "../wide.h"

#define NOT_FOUND 4

__declspec(dllexport) void *ucnv_open(const char *name, int *error)
{
    (void)name;
    *error = NOT_FOUND;
    return NULL;
}

#define NOTHING(function) __declspec(dllexport) void *function(void) { return NULL; }
NOTHING(ucnv_close)
NOTHING(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
NOTHING(UCNV_TO_U_CALLBACK_SUBSTITUTE)
NOTHING(ucnv_reset)
NOTHING(ucnv_getMaxCharSize)
NOTHING(ucnv_getName)
NOTHING(ucnv_getToUCallBack)
NOTHING(ucnv_getFromUCallBack)
NOTHING(ucnv_setToUCallBack)
NOTHING(ucnv_setFromUCallBack)
NOTHING(ucnv_cbToUWriteUChars)
NOTHING(ucnv_toUnicode)
NOTHING(ucnv_cbFromUWriteUChars)
NOTHING(ucnv_toUCountPending)
NOTHING(ucnv_fromUCountPending)
NOTHING(ucnv_getStandardName)
NOTHING(ucnv_getAvailableName)
NOTHING(ucnv_countAvailable)
NOTHING(ucnv_fromUnicode)

BOOL WINAPI entry(HINSTANCE library, DWORD reason, LPVOID reserved)
{
    (void)library, (void)reason, (void)reserved;
    return TRUE;
}

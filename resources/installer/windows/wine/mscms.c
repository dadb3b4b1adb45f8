/* For tests under wine 8 alone, never packed: colour profiles of screens, as on a PC that has none. */
#include "../wide.h"

#define NOTHING(function) __declspec(dllexport) void *function(void) { return NULL; }
NOTHING(GetColorProfileFromHandle)
NOTHING(CloseColorProfile)
NOTHING(WcsCreateIccProfile)
NOTHING(OpenColorProfileW)

BOOL WINAPI entry(HINSTANCE library, DWORD reason, LPVOID reserved)
{
    (void)library, (void)reason, (void)reserved;
    return TRUE;
}

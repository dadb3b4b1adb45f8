/* What launcher.c and start.c need without a C library. */
#include <windows.h>
#include <shellapi.h>

#define LONGEST 32768

/* Three texts one after the other; the longest of ours is one path of Windows and a few words. */
static inline void join(wchar_t *to, const wchar_t *one, const wchar_t *two, const wchar_t *three)
{
    lstrcpyW(to, one);
    lstrcatW(to, two);
    lstrcatW(to, three);
}

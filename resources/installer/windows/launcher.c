/* cchc.exe and cchc-desktop.exe: read `current` beside them and run that version in this same process.
 *
 * No update ever changes these two, so all that they know of a version is one function of its start.dll:
 *     int cchc_start(const wchar_t *folder, int argc, wchar_t **argv)
 * It is one process on purpose: a button pinned to the taskbar then stays right after an update, and Ctrl+C, pipes
 * and the exit code need no help. Compiled twice: with WINDOWED for cchc-desktop.exe, without for cchc.exe. No C
 * library is linked: it would be larger than the rest.
 */
#include "wide.h"

#define NAME 64

typedef int (*start_function)(const wchar_t *, int, wchar_t **);

static const wchar_t BROKEN[] = L"Không tìm thấy phiên bản nào chạy được của CCHC Desktop trong thư mục này:\n\n";
static const wchar_t ADVICE[] = L"\n\nSố liệu của đơn vị không bị ảnh hưởng. Hãy chạy lại tệp cài đặt, hoặc chép lại "
                                L"thư mục chương trình.\n";

static int stop(const wchar_t *folder)
{
    static wchar_t words[LONGEST + 512];
    join(words, BROKEN, folder, ADVICE);
#ifdef WINDOWED
    MessageBoxW(NULL, words, L"CCHC Desktop", MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
#else
    static char bytes[4 * LONGEST];
    int length = WideCharToMultiByte(CP_UTF8, 0, words, -1, bytes, sizeof bytes, NULL, NULL);
    DWORD written;
    if (length > 1)
        WriteFile(GetStdHandle(STD_ERROR_HANDLE), bytes, (DWORD)length - 1, &written, NULL);
#endif
    return 2;
}

/* Figures and dots, as versions are: such a name stays inside versions\ whatever the file says, and what lies there
 * besides (update.lock, what an update left half done) bears no such name. */
static int is_version(const wchar_t *name)
{
    const wchar_t *first = name;
    for (; *name; name++)
        if (!(*name >= L'0' && *name <= L'9') && !(*name == L'.' && name != first && name[-1] != L'.'))
            return 0;
    return name != first && name[-1] != L'.';
}

static int read_current(const wchar_t *folder, wchar_t *name)
{
    static wchar_t path[LONGEST + 512];
    char bytes[NAME];
    DWORD length = 0;
    join(path, folder, L"\\current", L"");
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 0;
    BOOL read = ReadFile(file, bytes, NAME - 1, &length, NULL);
    CloseHandle(file);
    if (!read)
        return 0;
    while (length && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r' || bytes[length - 1] == ' '))
        length--;
    for (DWORD at = 0; at < length; at++)
        name[at] = (unsigned char)bytes[at];
    name[length] = 0;
    return is_version(name);
}

/* The start of this version, or NULL when the version is not there or not whole. */
static start_function start_of(const wchar_t *folder, const wchar_t *name, wchar_t *version)
{
    static wchar_t path[LONGEST + 512];
    join(version, folder, L"\\versions\\", name);
    join(path, version, L"\\files.json", L"");
    if (GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES)
        return NULL;
    join(path, version, L"\\start.dll", L"");
    HMODULE library = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    return library ? (start_function)(void *)GetProcAddress(library, "cchc_start") : NULL;
}

static unsigned number(const wchar_t **at)
{
    unsigned value = 0;
    for (; **at >= L'0' && **at <= L'9'; ++*at)
        value = 10 * value + (unsigned)(**at - L'0');
    return value;
}

static int is_higher(const wchar_t *one, const wchar_t *other)
{
    while (*one || *other) {
        unsigned mine = number(&one), theirs = number(&other);
        if (mine != theirs)
            return mine > theirs;
        if (*one != *other)
            return *one > *other;
        one += *one != 0;
        other += *other != 0;
    }
    return 0;
}

/* The highest version in versions\ that is lower than `bound`, or than none where that is empty; its name in `best`,
 * empty when there is none. */
static void next_lower(const wchar_t *folder, const wchar_t *bound, wchar_t *best)
{
    static wchar_t pattern[LONGEST + 512];
    WIN32_FIND_DATAW found;
    *best = 0;
    join(pattern, folder, L"\\versions\\*", L"");
    HANDLE search = FindFirstFileW(pattern, &found);
    if (search == INVALID_HANDLE_VALUE)
        return;
    do {
        const wchar_t *name = found.cFileName;
        if (is_version(name) && (!*bound || is_higher(bound, name)) && (!*best || is_higher(name, best)))
            lstrcpyW(best, name);
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

/* `current` is gone or names what is not there: the highest version that is whole. */
static start_function any_start(const wchar_t *folder, wchar_t *version)
{
    wchar_t bound[MAX_PATH], name[MAX_PATH];
    start_function start;
    for (*bound = 0;;) {
        next_lower(folder, bound, name);
        if (!*name)
            return NULL;
        if ((start = start_of(folder, name, version)))
            return start;
        lstrcpyW(bound, name);
    }
}

static int run(void)
{
    static wchar_t folder[LONGEST], version[LONGEST + 512];
    wchar_t name[NAME];
    int argc = 0;
    SetDllDirectoryW(L""); /* never a library from the folder of the opened file */
    wchar_t **argv = CommandLineToArgvW(GetCommandLineW(), &argc);
    int end = (int)GetModuleFileNameW(NULL, folder, LONGEST);
    while (end > 0 && folder[end] != L'\\')
        end--;
    folder[end] = 0;
    if (!end || !argv)
        return stop(folder);
    start_function start = read_current(folder, name) ? start_of(folder, name, version) : NULL;
    if (!start)
        start = any_start(folder, version);
    return start ? start(version, argc, argv) : stop(folder);
}

void entry(void)
{
    ExitProcess((UINT)run());
}

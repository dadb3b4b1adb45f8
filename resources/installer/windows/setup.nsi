; setup.exe of CCHC Desktop: for one user, without an administrator's rights. Vietnamese.
; `resources/installer/nsis.py` writes the definitions in front: VERSION OUT SOURCE LICENCE FILES PARTS SIZE.
Unicode true
Target amd64-unicode
ManifestSupportedOS Win10
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDateSave on
CRCCheck force
AllowSkipFiles off
Name "CCHC Desktop"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\CCHC Desktop"
InstallDirRegKey HKCU "Software\CCHC Desktop" "Folder"
BrandingText "CCHC Desktop ${VERSION}"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\CCHC Desktop"
!define CLASSES "Software\Classes"
!define MUI_ICON "${PARTS}/cchc.ico"
!define MUI_UNICON "${PARTS}/cchc.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\cchc-desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Mở CCHC Desktop ngay"
!define MUI_LICENSEPAGE_BUTTON "Tiếp tục"
!define MUI_LICENSEPAGE_TEXT_TOP "Giấy phép của chương trình và của các phần dùng trong đó"
!define MUI_LICENSEPAGE_TEXT_BOTTOM "Chương trình được dùng và chia sẻ miễn phí theo các giấy phép trên. Qt (LGPL) nằm trong các tệp riêng và có thể thay bằng bản khác."
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Chương trình sẽ được gỡ khỏi máy. Số liệu của đơn vị được giữ nguyên tại: $Data"

Var Present
Var Data

!include MUI2.nsh
!include WordFunc.nsh
!include LogicLib.nsh
!include FileFunc.nsh

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"

; Exit codes of a silent run (/S): 2 the program runs, 3 a newer version is installed, 4 it can't be written.
!define RUNNING 2
!define NEWER 3
!define UNWRITABLE 4

!macro Refuse code words
  IfSilent +2
  MessageBox MB_OK|MB_ICONEXCLAMATION "${words}"
  SetErrorLevel ${code}
  Quit
!macroend

; A program that runs can't be opened for writing.
!macro RefuseWhileRunning prefix
Function ${prefix}RefuseWhileRunning
  ClearErrors
  IfFileExists "$INSTDIR\cchc-desktop.exe" 0 console
  FileOpen $0 "$INSTDIR\cchc-desktop.exe" a
  IfErrors running
  FileClose $0
console:
  IfFileExists "$INSTDIR\cchc.exe" 0 free
  FileOpen $0 "$INSTDIR\cchc.exe" a
  IfErrors running
  FileClose $0
  Goto free
running:
  !insertmacro Refuse ${RUNNING} "CCHC Desktop đang chạy. Hãy đóng chương trình (và mọi cửa sổ xem gói báo cáo), rồi chạy lại tệp này. Chưa có gì bị thay đổi."
free:
FunctionEnd
!macroend
!insertmacro RefuseWhileRunning ""
!insertmacro RefuseWhileRunning "un."

Function .onInit
  Call RefuseWhileRunning
  StrCpy $Present ""
  ClearErrors
  FileOpen $0 "$INSTDIR\current" r
  IfErrors fresh
  FileRead $0 $Present 60
  FileClose $0
  ${WordReplace} "$Present" "$\r" "" "+" $Present
  ${WordReplace} "$Present" "$\n" "" "+" $Present
  StrCmp $Present "" fresh
  ${VersionCompare} "$Present" "${VERSION}" $0
  StrCmp $0 1 0 fresh
  !insertmacro Refuse ${NEWER} "Trên máy đã có CCHC Desktop $Present, mới hơn bản ${VERSION} này. Số liệu do bản mới ghi không mở được bằng bản cũ, nên tệp này dừng lại. Chưa có gì bị thay đổi."
fresh:
FunctionEnd

Section
  Call RefuseWhileRunning
  SetOutPath "$INSTDIR"
  ; The new version is laid down whole beside the present one, and becomes the program with one renaming.
  RMDir /r "$INSTDIR\versions\${VERSION}.part"
  ClearErrors
  !include "${FILES}"
  IfErrors unwritable
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\versions\${VERSION}.old.part"
  Rename "$INSTDIR\versions\${VERSION}" "$INSTDIR\versions\${VERSION}.old.part"
  ClearErrors
  Rename "$INSTDIR\versions\${VERSION}.part" "$INSTDIR\versions\${VERSION}"
  IfErrors 0 renamed
  Rename "$INSTDIR\versions\${VERSION}.old.part" "$INSTDIR\versions\${VERSION}"
  Goto unwritable
renamed:
  File "${SOURCE}/cchc.exe"
  File "${SOURCE}/cchc-desktop.exe"
  IfErrors unwritable
  File "/oname=current.part" "${SOURCE}/current"
  System::Call 'kernel32::MoveFileExW(w "$INSTDIR\current.part", w "$INSTDIR\current", i 9) i .r0'
  StrCmp $0 0 unwritable
  Call RemoveOthers
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\CCHC Desktop.lnk" "$INSTDIR\cchc-desktop.exe" "" "$INSTDIR\cchc-desktop.exe" 0
  WriteRegStr HKCU "Software\CCHC Desktop" "Folder" "$INSTDIR"
  ; Reports, form packs and updates are all .asice: a double click shows what is in it.
  WriteRegStr HKCU "${CLASSES}\CCHC.Package" "" "Gói báo cáo cải cách hành chính"
  WriteRegStr HKCU "${CLASSES}\CCHC.Package\DefaultIcon" "" "$INSTDIR\cchc-desktop.exe,0"
  WriteRegStr HKCU "${CLASSES}\CCHC.Package\shell\open" "FriendlyAppName" "CCHC Desktop"
  WriteRegStr HKCU "${CLASSES}\CCHC.Package\shell\open\command" "" '"$INSTDIR\cchc-desktop.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\.asice\OpenWithProgids" "CCHC.Package" ""
  ReadRegStr $0 HKCU "${CLASSES}\.asice" ""
  StrCmp $0 "" 0 +3
  WriteRegStr HKCU "${CLASSES}\.asice" "" "CCHC.Package"
  WriteRegStr HKCU "${CLASSES}\.asice" "Content Type" "application/vnd.etsi.asic-e+zip"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "CCHC Desktop"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\cchc-desktop.exe,0"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  Goto end
unwritable:
  RMDir /r "$INSTDIR\versions\${VERSION}.part"
  !insertmacro Refuse ${UNWRITABLE} "Không ghi được chương trình vào $INSTDIR. Ổ đĩa có thể đã đầy, hoặc phần mềm diệt vi-rút đang chặn. Bản đang có (nếu có) vẫn dùng được. Hãy kiểm tra rồi chạy lại tệp này."
end:
SectionEnd

; In place: only the version that was just laid down stays.
Function RemoveOthers
  FindFirst $1 $2 "$INSTDIR\versions\*"
next:
  StrCmp $2 "" done
  StrCmp $2 "." skip
  StrCmp $2 ".." skip
  StrCmp $2 "${VERSION}" skip
  RMDir /r "$INSTDIR\versions\$2"
skip:
  FindNext $1 $2
  Goto next
done:
  FindClose $1
FunctionEnd

Function un.onInit
  Call un.RefuseWhileRunning
  StrCpy $Data "$LOCALAPPDATA\CCHC Desktop"
  IfFileExists "$INSTDIR\cchc-data\*" 0 +2
  StrCpy $Data "$INSTDIR\cchc-data"
FunctionEnd

Section "un."
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\versions"
  Delete "$INSTDIR\cchc.exe"
  Delete "$INSTDIR\cchc-desktop.exe"
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\current.part"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\CCHC Desktop.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\CCHC Desktop"
  DeleteRegKey HKCU "${CLASSES}\CCHC.Package"
  DeleteRegValue HKCU "${CLASSES}\.asice\OpenWithProgids" "CCHC.Package"
  ReadRegStr $0 HKCU "${CLASSES}\.asice" ""
  StrCmp $0 "CCHC.Package" 0 +2
  DeleteRegValue HKCU "${CLASSES}\.asice" ""
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  IfFileExists "$Data\*" 0 nothing
  IfSilent nothing
  MessageBox MB_OK|MB_ICONINFORMATION "Đã gỡ CCHC Desktop. Số liệu của đơn vị vẫn còn nguyên tại:$\r$\n$\r$\n$Data$\r$\n$\r$\nCài lại chương trình là dùng tiếp được. Nếu không cần nữa, hãy tự xóa thư mục đó."
nothing:
SectionEnd

The libraries that Confab is shipped with, by their licences.
Those that stand under two licences may be taken under either.
NOTICE says where the texts are; licenses/page.txt is about the libraries in the page.
<#list licenseMap as entry>
<#assign libraries = entry.getValue()?filter(library -> library.groupId != "confab")>
<#if libraries?size gt 0>

${entry.getKey()}
<#list libraries as library>
  ${library.groupId}:${library.artifactId}:${library.version}<#if library.url??> - ${library.url}</#if>
</#list>
</#if>
</#list>

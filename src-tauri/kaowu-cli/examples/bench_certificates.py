#!/usr/bin/env python3
"""The same certificates with ReportLab: bench_certificates.py FONTS CODE.txt ART.txt COUNT A_FILE FOLDER [own]

It is given more than our side: the border ready as operators, the lines already broken, and the code's modules ready, too,
unless its own codes are asked for.
"""

import sys
import time
from pathlib import Path

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

fonts, code, art, count, a_file, folder = sys.argv[1:7]
own = sys.argv[7:] == ["own"]
fonts, count, a_file = Path(fonts), int(count), int(a_file)
code, art = Path(code).read_text(), Path(art).read_text()
WIDTH, HEIGHT = 297 * mm, 210 * mm
for name, file in (("text", "NotoSerifSC-Regular"), ("bold", "NotoSerifSC-Bold"), ("name", "LXGWWenKai-Regular")):
    pdfmetrics.registerFont(TTFont(name, fonts / f"{file}.ttf"))


def line(page, font, size, x, y, text, colour=(0, 0, 0), spacing=0.0):
    page.setFillColorRGB(*colour)
    out = page.beginText(x * mm, HEIGHT - y * mm)
    out.setFont(font, size)
    out.setCharSpace(spacing)
    out.textOut(text)
    page.drawText(out)


def certificate(page, n):
    page.doForm("art")
    line(page, "bold", 50, 100, 55, "荣誉证书", (0.69, 0.09, 0.12), 15)
    line(page, "name", 28, 47, 88, f"钱{n:05}  同志：")
    line(page, "text", 22, 62, 104, "在2020年度全省人社系统窗口单位业务技能练兵比武活动中，荣获")
    line(page, "bold", 22, 47, 118, "“月月比年度前十名”")
    line(page, "text", 22, 112, 118, "称号。")
    line(page, "text", 22, 62, 132, "特发此证，以资鼓励。")
    line(page, "text", 17, 168, 162, "江苏省人力资源和社会保障厅")
    line(page, "text", 16, 178, 173, "二〇二〇年六月二十日")
    line(page, "text", 11, 77, 170, f"编号：JIANGSU-2020-{n:05}")
    line(page, "text", 8.5, 77, 175, "扫描二维码，可离线核验本证书", (0.42, 0.35, 0.2))
    if own:
        text = f"KW1\tjiangsu-2020\tJIANGSU-2020-{n:05}\t钱{n:05}\t月月比年度前十名\t{'0123456789abcdef' * 8}"
        drawing = Drawing(26 * mm, 26 * mm)
        drawing.add(QrCodeWidget(text, barLevel="M", barBorder=0, barWidth=26 * mm, barHeight=26 * mm))
        renderPDF.draw(drawing, page, 47 * mm, HEIGHT - 177 * mm)
        page.showPage()
        return
    page.saveState()
    page.translate(47 * mm, HEIGHT - 177 * mm)
    page.scale(26 * mm / 65, 26 * mm / 65)
    page._code.append(code)
    page.restoreState()
    page.showPage()


begun, size = time.perf_counter(), 0
for first in range(1, count + 1, a_file):
    path = Path(folder) / f"{first:06}.pdf"
    page = canvas.Canvas(str(path), pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1)
    page.beginForm("art")
    page._code.append(art)
    page.endForm()
    for n in range(first, min(first + a_file, count + 1)):
        certificate(page, n)
    page.save()
    size += path.stat().st_size
print(f"{time.perf_counter() - begun:.3f} {size}")
